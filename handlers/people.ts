// Whom `respond` tells: a Slack channel, or the log where none is set up.
import type { Environment } from '../adapters/environment.ts';
import { secretText } from '../adapters/secret.ts';
import { slackPeople } from '../adapters/slack.ts';
import { tellingOf } from '../adapters/telling.ts';
import type { Log, People } from '../core/ports.ts';
import type { Settings } from '../core/settings.ts';

export function peopleOf({ slackSecret, slackApi }: Environment, { slack, accounts }: Settings, log: Log): People {
  if (!slackSecret || !slack.channel) return logPeople(log, accounts);
  return slackPeople({ token: secretText(slackSecret), channel: slack.channel, accounts, api: slackApi });
}

/** People who read the log; an alarm on its `WARN` lines reaches them. */
export function logPeople(log: Log, accounts: Settings['accounts']): People {
  return {
    async tell(notice) {
      const { headline, place, paragraphs } = tellingOf(notice, accounts);
      log.warn(headline, { kind: notice.kind, incident: notice.finding.incident, place, says: paragraphs });
    },
  };
}
