import { remediation } from '../core/remediation.ts';

type Trail = { logging: boolean };

// While a trail is stopped nothing is recorded and nothing reaches the guardrail: the watcher comes back first.
export default remediation<'trail', Trail>({
  id: 'restart-trail',
  title: 'Start the logging of a trail again',
  why: 'Events are recorded and delivered again from then on; what happened while the trail was stopped is not in it. Nobody loses access to anything.',
  target: 'trail',
  reach: 'undo',
  needs: ['cloudtrail:GetTrailStatus', 'cloudtrail:StartLogging', 'cloudtrail:StopLogging'],

  async observe({ trail }, read) {
    const status = await read('cloudtrail:GetTrailStatus', { Name: trail });
    return status ? { logging: status.IsLogging === true } : null;
  },

  precheck({ logging }, { trail }) {
    return logging ? `trail ${trail} is logging already` : undefined;
  },

  plan(_seen, { trail }) {
    return {
      says: `start the logging of trail ${trail} again`,
      apply: [{ call: 'cloudtrail:StartLogging', input: { Name: trail } }],
      undo: [{ call: 'cloudtrail:StopLogging', input: { Name: trail } }],
    };
  },

  verify: (seen) => seen?.logging === true,

  examples: {
    'a stopped trail': {
      target: { kind: 'trail', trail: 'arn:aws:cloudtrail:us-east-1:111122223333:trail/main' },
      seen: { logging: false },
      says: 'start the logging of trail arn:aws:cloudtrail:us-east-1:111122223333:trail/main again',
    },
    'started meanwhile': {
      target: { kind: 'trail', trail: 'main' },
      seen: { logging: true },
      refuses: 'trail main is logging already',
    },
  },
});
