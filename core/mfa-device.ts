// Whose MFA device a call is about: IAM tells root's from a user's by the serial number, or by naming nobody.
import type { Activity } from '../events/activity.ts';
import { text } from '../events/fields.ts';

/** `arn:aws:iam::1:mfa/root-account-mfa-device`, `arn:aws:iam::1:u2f/root-account/office-…` */
const ROOT_SERIAL = /:(mfa\/root-account-mfa-device|u2f\/root-account\/.*)$/;

/**
 * The device is the root user's. Root may give its device any name, so what root deactivates without naming a user of
 * IAM is its own; deleting a virtual device names no user at all, and there only the serial number tells.
 */
export function isRootDevice(activity: Activity): boolean {
  if (ROOT_SERIAL.test(text(activity.request, 'serialNumber') ?? '')) return true;
  if (activity.actor.kind !== 'root' || activity.name !== 'iam:DeactivateMFADevice') return false;
  const user = text(activity.request, 'userName');
  return user === undefined || user === 'AWS ROOT USER' || user === activity.account;
}

/** The device as a person reads it: `MFA device arn:aws:iam::1:mfa/alice`. */
export function deviceIn(activity: Activity): string {
  const serial = text(activity.request, 'serialNumber');
  return serial ? `MFA device ${serial}` : 'MFA device';
}
