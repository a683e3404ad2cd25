import type { Factor } from '../core/risk.ts';
import type { Rule } from '../core/rule.ts';
import { called, resourceTarget, verb } from '../core/subject.ts';
import type { Fields } from '../events/activity.ts';
import { did, role, user } from '../events/did.ts';
import { at, text } from '../events/fields.ts';

// A development endpoint is a machine with a role and an SSH login: the key that is added opens both.
export default {
  id: 'glue-endpoint-changed',
  title: 'Glue development endpoint changed',
  why: 'A development endpoint of Glue was made or changed. It is a machine with a role, and whoever holds one of its SSH keys logs in and acts as that role. Development endpoints have been replaced by notebooks and are rare today; a key on one of them, put there by somebody who does not work with data, is a known way to more permissions.',
  severity: 'low',
  maps: {
    mitre: ['T1548.005', 'T1098.004'],
    cis: [],
    nist: ['AC-6', 'AC-17', 'CM-7'],
    pci: ['7.2.1', '8.3.1'],
    hipaa: ['164.308(a)(4)(ii)(C)', '164.312(a)(1)'],
    practice: 'notebooks and interactive sessions instead of development endpoints',
  },
  on: ['glue:CreateDevEndpoint', 'glue:UpdateDevEndpoint'],

  detect(activity) {
    const name = text(activity.request, 'endpointName');
    const [done, tried] = activity.name === 'glue:CreateDevEndpoint' ? ['created', 'create'] : ['changed', 'change'];
    const factors = keyFactors(activity.request);
    return {
      target: resourceTarget('Glue development endpoint', name),
      because: `${activity.actor.name} ${verb(activity, done, tried)} ${called('Glue development endpoint', name)}${factors.length > 0 ? ' with an SSH key' : ''}`,
      factors,
    };
  },

  automatic: false,

  examples: {
    'mallory adds her key': {
      event: did(user('mallory'), 'glue:UpdateDevEndpoint', {
        endpointName: 'etl',
        addPublicKeys: ['ssh-ed25519 AAAA'],
      }),
      finds: 'mallory changed Glue development endpoint etl with an SSH key',
    },
    'one with a role of her choice, refused': {
      event: did(
        user('mallory'),
        'glue:CreateDevEndpoint',
        { endpointName: 'mine', roleArn: 'arn:aws:iam::111122223333:role/etl', publicKey: 'ssh-ed25519 AAAA' },
        { error: 'AccessDeniedException' },
      ),
      finds: 'mallory tried to create Glue development endpoint mine with an SSH key',
    },
    'a library is updated': {
      event: did(role('deploy', 'ci-42'), 'glue:UpdateDevEndpoint', {
        endpointName: 'etl',
        addPublicKeys: [],
        updateEtlLibraries: true,
      }),
      finds: 'role deploy (session ci-42) changed Glue development endpoint etl',
    },
    'an endpoint is deleted': {
      event: did(user('alice'), 'glue:DeleteDevEndpoint', { endpointName: 'etl' }),
    },
  },
} satisfies Rule;

function keyFactors(request: Fields): Factor[] {
  const lists = [at(request, 'publicKeys'), at(request, 'addPublicKeys')];
  const isGiven = text(request, 'publicKey') || lists.some((each) => Array.isArray(each) && each.length > 0);
  if (!isGiven) return [];
  return [{ id: 'key', points: 15, because: 'whoever holds the key acts as the role of the endpoint' }];
}
