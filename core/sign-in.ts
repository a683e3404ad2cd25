// How a console sign-in was made, in words and points: rules about root and about users tell it alike.
import type { Activity } from '../events/activity.ts';
import { text } from '../events/fields.ts';
import type { Factor } from './risk.ts';
import type { Match } from './rule.ts';

/** "with MFA", "without MFA", or that the record is silent. */
export function howSignedIn(activity: Activity): string {
  if (activity.actor.mfa === 'yes') return 'with MFA';
  return activity.actor.mfa === 'no' ? 'without MFA' : 'and the record does not say whether with MFA';
}

/** Unknown is riskier than known: a sign-in that does not say counts as one without MFA, which `risk.ts` weighs. */
export function silentMfaFactor(activity: Activity): Factor[] {
  const known = activity.actor.mfa === 'yes' || activity.actor.mfa === 'no';
  return known ? [] : [{ id: 'mfa', points: 20, because: 'the record does not say whether MFA was used' }];
}

/** A sign-in that failed, as one of many; undefined where it did not. Identity Center says so in the details of its event. */
export function failedSignIn({ actor, source, failed, extra }: Activity): Match | undefined {
  if (!failed && text(extra, 'CredentialVerification') !== 'Failure') return undefined;
  return {
    target: { kind: 'account' },
    because: `${actor.name} tried to sign in from ${source} and failed`,
    factors: failed ? [{ id: 'counted', points: 30, because: 'the failures are what is counted' }] : [],
  };
}
