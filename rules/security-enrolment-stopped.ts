import type { Rule } from '../core/rule.ts';
import { verb } from '../core/subject.ts';
import type { Fields } from '../events/activity.ts';
import { did, role, user } from '../events/did.ts';
import { at, flag, isFields, text } from '../events/fields.ts';

// Accounts made from now on start without an alarm: a quiet way to prepare a place.
export default {
  id: 'security-enrolment-stopped',
  title: 'New accounts are no longer enrolled in monitoring',
  why: 'GuardDuty, Security Hub, Macie, Inspector or Detective no longer enrol new accounts of the organization by themselves. Existing members keep what they have, but an account made or invited tomorrow has no alarm. It is normal when enrolment moves to another tool or to central configuration. Look which accounts come next.',
  severity: 'medium',
  maps: {
    mitre: ['T1562.001'],
    cis: ['4.16'],
    nist: ['SI-4', 'CM-3', 'AU-6(4)'],
    pci: ['10.7.2', '11.5.1'],
    hipaa: ['164.308(a)(1)(ii)(D)'],
    practice: 'new accounts are watched from their first minute',
  },
  on: [
    'guardduty:UpdateOrganizationConfiguration',
    'securityhub:UpdateOrganizationConfiguration',
    'macie2:UpdateOrganizationConfiguration',
    'inspector2:UpdateOrganizationConfiguration',
    'detective:UpdateOrganizationConfiguration',
  ],

  detect(activity) {
    if (!isOff(activity.request)) return undefined;
    return {
      target: { kind: 'account' },
      because: `${activity.actor.name} ${verb(activity, 'stopped', 'stop')} the enrolment of new accounts in ${activity.name.split(':')[0]}`,
    };
  },

  automatic: false,

  examples: {
    'mallory prepares a quiet account': {
      event: did(user('mallory'), 'guardduty:UpdateOrganizationConfiguration', {
        detectorId: '12abc',
        autoEnableOrganizationMembers: 'NONE',
      }),
      finds: 'mallory stopped the enrolment of new accounts in guardduty',
    },
    'Inspector asks for each kind of resource': {
      event: did(
        role('web', 'i-0abc'),
        'inspector2:UpdateOrganizationConfiguration',
        { autoEnable: { ec2: false, ecr: true } },
        { error: 'AccessDeniedException' },
      ),
      finds: 'role web (session i-0abc) tried to stop the enrolment of new accounts in inspector2',
    },
    'alice enrols everybody': {
      event: did(user('alice'), 'securityhub:UpdateOrganizationConfiguration', { AutoEnable: true }),
    },
    'settings of the wrong type': {
      event: did(user('alice'), 'macie2:UpdateOrganizationConfiguration', { autoEnable: ['no'] }),
    },
  },
} satisfies Rule;

function isOff(request: Fields): boolean {
  const auto = at(request, 'autoEnable');
  const features = at(request, 'features');
  return (
    flag(request, 'autoEnable') === false ||
    text(request, 'autoEnableOrganizationMembers') === 'NONE' ||
    (isFields(auto) && Object.values(auto).includes(false)) ||
    (Array.isArray(features) && features.filter(isFields).some((each) => text(each, 'autoEnable') === 'NONE'))
  );
}
