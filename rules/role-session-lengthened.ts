import type { Factor } from '../core/risk.ts';
import type { Rule } from '../core/rule.ts';
import { isSelf, verb } from '../core/subject.ts';
import type { Principal } from '../core/target.ts';
import type { Activity } from '../events/activity.ts';
import { did, role, user } from '../events/did.ts';
import { at, text } from '../events/fields.ts';

// Stolen session credentials are worth as many hours as this number says.
export default {
  id: 'role-session-lengthened',
  title: 'Sessions of a role may last longer',
  why: 'The longest time that sessions of a role may last was set to more than the usual hour. Nobody gets a permission by it, but credentials of a session that are stolen work that much longer, up to twelve hours. It is normal for roles of long jobs and of people who work with them all day, set by the deployment that made the role.',
  severity: 'info',
  maps: {
    mitre: ['T1098', 'T1550.001'],
    cis: ['4.4'],
    nist: ['AC-2(5)', 'AC-6', 'AC-12'],
    pci: ['8.2.8', '10.2.1.5'],
    hipaa: ['164.308(a)(4)(ii)(C)', '164.312(a)(2)(iii)'],
    practice: 'sessions as short as the work allows',
  },
  on: ['iam:UpdateRole'],

  detect(activity) {
    const name = text(activity.request, 'roleName');
    const seconds = secondsIn(activity);
    if (!name || seconds === undefined || seconds <= 3600) return undefined;
    const principal: Principal = { type: 'role', name };
    return {
      target: { kind: 'principal', principal },
      because: `${activity.actor.name} ${verb(activity, 'let', 'let')} sessions of role ${name} last ${hours(seconds)}`,
      factors: [...lengthFactors(seconds), ...(isSelf(activity, principal) ? [SELF] : [])],
    };
  },

  automatic: false,

  examples: {
    'a role session makes itself last': {
      event: did(role('build', 'ci-42'), 'iam:UpdateRole', { roleName: 'build', maxSessionDuration: 43200 }),
      finds: 'role build (session ci-42) let sessions of role build last 12 hours',
    },
    'a deployment for long jobs': {
      event: did(role('deploy', 'ci-42'), 'iam:UpdateRole', { roleName: 'export', maxSessionDuration: '14400' }),
      finds: 'role deploy (session ci-42) let sessions of role export last 4 hours',
    },
    'bob may not': {
      event: did(
        user('bob'),
        'iam:UpdateRole',
        { roleName: 'admin', maxSessionDuration: 5400 },
        { error: 'AccessDenied' },
      ),
      finds: 'bob tried to let sessions of role admin last 1.5 hours',
    },
    'the usual hour': {
      event: did(role('deploy', 'ci-42'), 'iam:UpdateRole', { roleName: 'web', maxSessionDuration: 3600 }),
    },
    'a new description only': {
      event: did(user('alice'), 'iam:UpdateRole', { roleName: 'web', description: 'the web servers' }),
    },
  },
} satisfies Rule;

const SELF = { id: 'self', points: 20, because: 'the actor lengthens its own sessions' };

function secondsIn({ request }: Activity): number | undefined {
  const value = at(request, 'maxSessionDuration');
  const number = typeof value === 'string' ? Number.parseInt(value, 10) : value;
  return typeof number === 'number' && Number.isFinite(number) ? number : undefined;
}

function hours(seconds: number): string {
  return `${Math.round(seconds / 360) / 10} hours`;
}

function lengthFactors(seconds: number): Factor[] {
  return seconds > 28_800 ? [{ id: 'length', points: 10, because: 'that is more than a working day' }] : [];
}
