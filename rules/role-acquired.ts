import type { Rule } from '../core/rule.ts';
import { called, verb } from '../core/subject.ts';
import { trustFactors } from '../core/trust.ts';
import { did, role, user } from '../events/did.ts';
import { document, inner, text } from '../events/fields.ts';
import quarantineRole from '../remediations/quarantine-role.ts';

// A role whose trust and policies somebody else wrote: the request names the template, and only the answer says who gets in.
export default {
  id: 'role-acquired',
  title: 'Role created from a template',
  why: 'Somebody made a role from a template: its trust policy, its permissions and its name come from there and not from the request. It is normal while a product is being set up that ships such a template. A role that another account or everyone may assume is a way in that outlives every key.',
  severity: 'low',
  maps: {
    mitre: ['T1136.003', 'T1098.003', 'T1199'],
    cis: ['1.20', '4.4'],
    nist: ['AC-2(4)', 'AC-3', 'AC-20'],
    pci: ['7.2.1', '8.2.7', '10.2.1.5'],
    hipaa: ['164.308(a)(4)(ii)(C)', '164.312(a)(1)'],
    practice: 'trust named accounts, with an external id or an organization id',
  },
  on: ['iam:AcquireRole'],

  detect(activity, known) {
    const made = inner(activity.response, 'role');
    const name = text(made, 'roleName');
    const template = called('template', text(activity.request, 'templateArn'));
    const outside = trustFactors(document(made, 'assumeRolePolicyDocument'), null, activity, known);
    const news = activity.failed ? '' : outside.map((each) => `: ${each.because}`).join();
    return {
      target: name ? { kind: 'principal', principal: { type: 'role', name } } : { kind: 'account' },
      because: `${activity.actor.name} ${verb(activity, 'created', 'create')} ${name ? `role ${name}` : 'a role'} from ${template}${news}`,
      factors: outside.length > 0 ? outside : [ORDINARY],
    };
  },

  remedy: quarantineRole,
  automatic: false,

  examples: {
    'alice lets a vendor in': {
      event: did(
        user('alice'),
        'iam:AcquireRole',
        { templateArn: 'arn:aws:iam::aws:role-template/vendor' },
        { response: made({ AWS: 'arn:aws:iam::999988887777:root' }) },
      ),
      finds:
        'alice created role vendor from template arn:aws:iam::aws:role-template/vendor: arn:aws:iam::999988887777:root of another account may assume the role',
    },
    'a deployment makes a role for a service': {
      event: did(
        role('deploy', 'ci-42'),
        'iam:AcquireRole',
        { templateArn: 'arn:aws:iam::aws:role-template/vendor' },
        { response: made({ Service: 'ec2.amazonaws.com' }) },
      ),
      finds: 'role deploy (session ci-42) created role vendor from template arn:aws:iam::aws:role-template/vendor',
    },
    'mallory is refused': {
      event: did(user('mallory'), 'iam:AcquireRole', null, { error: 'AccessDenied' }),
      finds: 'mallory tried to create a role from a template that the record does not name',
    },
    'a role is made by hand: another rule': {
      event: did(user('alice'), 'iam:CreateRole', { roleName: 'vendor' }),
    },
  },
} satisfies Rule;

const ORDINARY = { id: 'trust', points: -20, because: 'only the account and AWS services may assume the role' };

/** IAM answers with the trust policy URL-encoded. */
function made(Principal: { [kind: string]: string }) {
  const trust = { Statement: [{ Effect: 'Allow', Principal, Action: 'sts:AssumeRole' }] };
  return {
    role: { roleName: 'vendor', path: '/', assumeRolePolicyDocument: encodeURIComponent(JSON.stringify(trust)) },
  };
}
