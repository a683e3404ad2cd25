import type { Rule } from '../core/rule.ts';
import { called, resourceTarget, verb } from '../core/subject.ts';
import { did, role, user } from '../events/did.ts';
import { text } from '../events/fields.ts';

// One call gives the key to all Lightsail machines of a region that use the default one.
export default {
  id: 'lightsail-access-read',
  title: 'Access to Lightsail instances read',
  why: 'Somebody fetched what is needed to log in to machines of Lightsail: the private key that all of them in the region share by default, or a key or password for one of them. The console does the latter when a person opens a terminal in the browser. The shared key is fetched once, by whoever runs the machines; by anybody else it is theft.',
  severity: 'low',
  maps: {
    mitre: ['T1552.004', 'T1021.004'],
    cis: [],
    nist: ['AC-6', 'AC-17', 'IA-5'],
    pci: ['7.2.1', '8.3.1'],
    hipaa: ['164.312(a)(1)', '164.312(d)'],
    practice: 'each machine has a key of its own',
  },
  on: ['lightsail:DownloadDefaultKeyPair', 'lightsail:GetInstanceAccessDetails'],

  detect(activity) {
    const isShared = activity.name === 'lightsail:DownloadDefaultKeyPair';
    const instance = isShared ? undefined : text(activity.request, 'instanceName');
    const what = isShared
      ? `the default key of all Lightsail instances in ${activity.region}`
      : `the access to ${called('Lightsail instance', instance)}`;
    return {
      target: resourceTarget('Lightsail instance', instance),
      because: `${activity.actor.name} ${verb(activity, 'fetched', 'fetch')} ${what}`,
    };
  },

  automatic: false,

  examples: {
    'mallory takes the key to all': {
      event: did(user('mallory'), 'lightsail:DownloadDefaultKeyPair', null),
      finds: 'mallory fetched the default key of all Lightsail instances in us-east-1',
    },
    'eve opens a terminal': {
      event: did(role('web-team', 'eve'), 'lightsail:GetInstanceAccessDetails', {
        instanceName: 'campaign',
        protocol: 'ssh',
      }),
      finds: 'role web-team (session eve) fetched the access to Lightsail instance campaign',
    },
    'mallory may not, and the record is odd': {
      event: did(
        user('mallory'),
        'lightsail:GetInstanceAccessDetails',
        { instanceName: ['campaign'] },
        { error: 'AccessDeniedException' },
      ),
      finds: 'mallory tried to fetch the access to a Lightsail instance that the record does not name',
    },
    'an instance is described': {
      event: did(user('alice'), 'lightsail:GetInstance', { instanceName: 'campaign' }),
    },
  },
} satisfies Rule;
