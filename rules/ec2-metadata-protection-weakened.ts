import type { Rule } from '../core/rule.ts';
import { called, resourceTarget, verb } from '../core/subject.ts';
import type { Activity, Fields } from '../events/activity.ts';
import { did, role, user } from '../events/did.ts';
import { at, isFields, text } from '../events/fields.ts';

// Without session tokens, one badly written web page on the machine gives its credentials away.
export default {
  id: 'ec2-metadata-protection-weakened',
  title: 'Metadata service of EC2 opened to requests without tokens',
  why: 'A virtual machine, or every new one of a region, answers requests for its credentials without a session token again (IMDSv1). An attacker who can make a web application fetch an address of his choice then takes the credentials of the machine. It is normal only for old software that knows no tokens; then it should be known which, and until when.',
  severity: 'medium',
  maps: {
    mitre: ['T1552.005', 'T1578.005'],
    cis: ['5.6'],
    nist: ['AC-3', 'CM-6', 'CM-7'],
    pci: ['2.2.4', '2.2.6'],
    hipaa: ['164.312(a)(1)'],
    practice: 'IMDSv2 everywhere, as the default of the account',
  },
  on: ['ec2:ModifyInstanceMetadataOptions', 'ec2:ModifyInstanceMetadataDefaults'],

  detect(activity) {
    const asked = askedOf(activity);
    if (!isWeakened(asked)) return undefined;
    const isDefault = activity.name === 'ec2:ModifyInstanceMetadataDefaults';
    const instance = isDefault ? undefined : text(asked, 'instanceId');
    const where = isDefault ? `new EC2 instances in ${activity.region}` : called('EC2 instance', instance);
    return {
      target: resourceTarget('EC2 instance', instance),
      because: `${activity.actor.name} ${verb(activity, 'opened', 'open')} the metadata of ${where} to requests without tokens`,
    };
  },

  automatic: false,

  examples: {
    'eve opens the way to the credentials of a machine': {
      event: did(user('eve'), 'ec2:ModifyInstanceMetadataOptions', {
        ModifyInstanceMetadataOptionsRequest: { InstanceId: 'i-01', HttpTokens: 'optional', HttpEndpoint: 'enabled' },
      }),
      finds: 'eve opened the metadata of EC2 instance i-01 to requests without tokens',
    },
    'the default of a region, refused': {
      event: did(
        role('developer', 'eve'),
        'ec2:ModifyInstanceMetadataDefaults',
        { ModifyInstanceMetadataDefaultsRequest: { HttpTokens: 'optional' } },
        { error: 'Client.UnauthorizedOperation' },
      ),
      finds:
        'role developer (session eve) tried to open the metadata of new EC2 instances in us-east-1 to requests without tokens',
    },
    'tokens become required': {
      event: did(user('alice'), 'ec2:ModifyInstanceMetadataOptions', {
        ModifyInstanceMetadataOptionsRequest: { InstanceId: 'i-01', HttpTokens: 'required' },
      }),
    },
    'no metadata at all': {
      event: did(user('alice'), 'ec2:ModifyInstanceMetadataOptions', {
        ModifyInstanceMetadataOptionsRequest: { InstanceId: 'i-01', HttpTokens: 'optional', HttpEndpoint: 'disabled' },
      }),
    },
    'a request that says nothing': {
      event: did(user('alice'), 'ec2:ModifyInstanceMetadataDefaults', { ModifyInstanceMetadataDefaultsRequest: '' }),
    },
  },
} satisfies Rule;

/** Newer EC2 calls are recorded as `{ ModifyInstanceMetadataOptionsRequest: { … } }`. */
function askedOf({ name, request }: Activity): Fields {
  const wrapped = at(request, `${name.slice('ec2:'.length)}Request`);
  return isFields(wrapped) ? wrapped : request;
}

/** A machine whose endpoint is off gives nothing away. */
function isWeakened(asked: Fields): boolean {
  if (text(asked, 'httpEndpoint')?.toLowerCase() === 'disabled') return false;
  return (
    text(asked, 'httpTokens')?.toLowerCase() === 'optional' ||
    text(asked, 'httpTokensEnforced')?.toLowerCase() === 'disabled'
  );
}
