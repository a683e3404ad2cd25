import type { Rule } from '../core/rule.ts';
import { called, resourceTarget, verb } from '../core/subject.ts';
import { did, role, user } from '../events/did.ts';
import { text } from '../events/fields.ts';

// The security team looks at one picture of all accounts: here a piece of it goes, or all.
export default {
  id: 'config-aggregation-stopped',
  title: 'Aggregation of AWS Config stopped',
  why: 'The aggregator that collects AWS Config of all accounts and regions was deleted, or this account no longer allows itself to be collected. The data stays where it is, but nobody sees all of it in one place. It is normal when the aggregator moves to another account, and then the new one exists first.',
  severity: 'medium',
  maps: {
    mitre: ['T1562.001'],
    cis: ['4.9'],
    nist: ['AU-6(4)', 'CM-8', 'SI-4'],
    pci: ['10.3.3', '10.7.2'],
    hipaa: ['164.308(a)(1)(ii)(D)'],
    practice: 'one picture of the configuration of all accounts',
  },
  on: ['config:DeleteConfigurationAggregator', 'config:DeleteAggregationAuthorization'],

  detect(activity) {
    if (activity.name === 'config:DeleteAggregationAuthorization') {
      const account = text(activity.request, 'authorizedAccountId');
      return {
        target: { kind: 'account' },
        because: `${activity.actor.name} ${verb(activity, 'stopped', 'stop')} ${account ? `account ${account}` : 'an account'} from collecting AWS Config here`,
      };
    }
    const name = text(activity.request, 'configurationAggregatorName');
    return {
      target: resourceTarget('configuration aggregator', name),
      because: `${activity.actor.name} ${verb(activity, 'deleted', 'delete')} ${called('configuration aggregator', name)}`,
    };
  },

  automatic: false,

  examples: {
    'mallory takes the picture off the wall': {
      event: did(user('mallory'), 'config:DeleteConfigurationAggregator', { configurationAggregatorName: 'all' }),
      finds: 'mallory deleted configuration aggregator all',
    },
    'an account steps out of the picture, and may not': {
      event: did(
        role('web', 'i-0abc'),
        'config:DeleteAggregationAuthorization',
        { authorizedAccountId: '444455556666', authorizedAwsRegion: 'us-east-1' },
        { error: 'AccessDenied' },
      ),
      finds: 'role web (session i-0abc) tried to stop account 444455556666 from collecting AWS Config here',
    },
    'the record does not say which': {
      event: did(user('mallory'), 'config:DeleteConfigurationAggregator', {}),
      finds: 'mallory deleted a configuration aggregator that the record does not name',
    },
    'an aggregator is set up': {
      event: did(user('alice'), 'config:PutConfigurationAggregator', { configurationAggregatorName: 'all' }),
    },
  },
} satisfies Rule;
