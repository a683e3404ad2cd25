// What an event gives, as factors of the risk and as the clause that people read.
import type { Gain } from '../policy/gain.ts';
import type { Gains } from './gains.ts';
import type { Factor } from './risk.ts';

const POINTS: { [level in Gain['level']]: number } = {
  admin: 50,
  escalation: 45,
  wide: 35,
  unknown: 20,
  broad: 15,
  limited: 0,
  read: -15,
  none: -20,
};

/** "bob can now do everything on every resource", "no new access": the clause that follows what was done. */
export function clauseOf({ subject, gains, refused }: Gains): string {
  const [top] = gains;
  if (!top) return 'no new access';
  const same = gains.filter(({ level }) => level === top.level).map(({ says }) => says);
  const [first = '', second] = [...new Set(same)];
  const more = new Set(same).size - 2;
  const also = second === undefined ? '' : more > 0 ? `, ${second}, and ${more} more` : ` and ${second}`;
  return `${subject} ${refused ? 'could then' : 'can now'} ${first}${also}`;
}

/** The clause as the end of a sentence, where there is anything to tell. */
export function newsOf(gains: Gains | undefined): string {
  return gains && gains.gains.length > 0 ? `: ${clauseOf(gains)}` : '';
}

/** The factors of what is given: what it comes to, that somebody gives it to themselves, and what is not known. */
export function grantFactors(gains: Gains, isSelf: boolean): Factor[] {
  return [grantFactor(gains), ...selfFactor(gains, isSelf), ...unknownFactor(gains)];
}

/** What nobody has yet weighs half: a policy that is attached to nobody, a version that is not the default. */
export function dormantFactors(gains: Gains, because: string): Factor[] {
  const { id, points, because: says } = grantFactor(gains);
  return [
    { id, points: Math.round(points / 2), because: says },
    { id: 'dormant', points: -5, because },
  ];
}

function grantFactor(gains: Gains): Factor {
  const [top] = gains.gains;
  return { id: 'grant', points: top ? POINTS[top.level] : NO_NEWS, because: clauseOf(gains) };
}

const NO_NEWS = -15;

/** Reading rights are no gain. */
function selfFactor({ gains }: Gains, isSelf: boolean): Factor[] {
  const [top] = gains;
  const counts = isSelf && top !== undefined && POINTS[top.level] >= 0;
  return counts ? [{ id: 'self', points: 10, because: 'the actor gives it to itself' }] : [];
}

/** INVARIANT 8: with what else the identity may do, little may be much. */
function unknownFactor({ subject, gains, isWhole, opensHalf }: Gains): Factor[] {
  const [top] = gains;
  // Beside what is much already, or only reads, it makes no difference.
  if (isWhole || !top || !['broad', 'limited'].includes(top.level)) return [];
  if (opensHalf)
    return [
      {
        id: 'unknown',
        points: 10,
        because: `what else ${subject} may do is not known, and iam:PassRole would make it a way to other permissions`,
      },
    ];
  return [{ id: 'unknown', points: 3, because: `what else ${subject} may do is not known` }];
}
