// `guardrail new`: a rule or a remediation that runs, to be filled in.
import { existsSync, writeFileSync } from 'node:fs';
import { Command } from 'commander';
import { EXIT, Stop } from './exit.ts';
import { print } from './output.ts';

export function newCommand(): Command {
  const rule = new Command('rule')
    .description('Make rules/NAME.ts: noun first, past tense.')
    .argument('<name>')
    .action((name: string) => make('rules', name, ruleText(name)));
  const remediation = new Command('remediation')
    .description('Make remediations/NAME.ts: verb first.')
    .argument('<name>')
    .action((name: string) => make('remediations', name, remediationText(name)));
  return new Command('new')
    .description('Make a rule or a remediation that runs, to be filled in.')
    .addCommand(rule)
    .addCommand(remediation)
    .addHelpText(
      'after',
      '\nExamples:\n  $ guardrail new rule account-alias-changed\n  $ guardrail new remediation remove-tag',
    );
}

async function make(folder: string, name: string, text: string): Promise<void> {
  const path = `${folder}/${name}.ts`;
  if (!/^[a-z][a-z0-9]*(-[a-z0-9]+)*$/.test(name))
    throw new Stop(EXIT.usage, `${name}: use small letters and hyphens, as in access-key-created`);
  if (!existsSync(folder))
    throw new Stop(EXIT.usage, `There is no ${folder}/ here: run this in a checkout of iam-guardrail.`);
  if (existsSync(path)) throw new Stop(EXIT.usage, `${path} exists already`);
  writeFileSync(path, text);
  await print(
    `${path}\nNext: write its examples${folder === 'remediations' ? ' and an attack in test/attacks.ts' : ''}, then: npx guardrail generate && npm test\n`,
  );
}

function title(name: string): string {
  const words = name.replaceAll('-', ' ');
  return `${words[0]?.toUpperCase()}${words.slice(1)}`;
}

function ruleText(name: string): string {
  return `import type { Rule } from '../core/rule.ts';
import { verb } from '../core/subject.ts';
import { did, service, user } from '../events/did.ts';
import { text } from '../events/fields.ts';

// Say in one sentence why this matters.
export default {
  id: '${name}',
  title: '${title(name)}',
  why: 'Tell the person who is woken at night what this means and what an attacker gains by it. Then tell when it is normal, so that they can go back to sleep.',
  severity: 'low',
  maps: { mitre: [], cis: [], nist: [], pci: [], hipaa: [], practice: 'least privilege' },
  on: ['iam:TagUser'],

  detect(activity) {
    const name = text(activity.request, 'userName');
    if (!name || activity.actor.kind === 'service') return undefined;
    return {
      target: { kind: 'principal', principal: { type: 'user', name } },
      because: \`\${activity.actor.name} \${verb(activity, 'tagged', 'tag')} \${name}\`,
    };
  },

  automatic: false,

  examples: {
    'alice tags bob': {
      event: did(user('alice'), 'iam:TagUser', { userName: 'bob' }),
      finds: 'alice tagged bob',
    },
    'a service does': {
      event: did(service('config.amazonaws.com'), 'iam:TagUser', { userName: 'bob' }),
    },
  },
} satisfies Rule;
`;
}

function remediationText(name: string): string {
  return `import { remediation } from '../core/remediation.ts';

type Key = { status: string };

// Say in one sentence why this is safe.
export default remediation<'access-key', Key>({
  id: '${name}',
  title: '${title(name)}',
  why: 'Tell what people and programs lose by it and from when on, what stays as it is, and with which one call it is taken back.',
  target: 'access-key',
  reach: 'undo',
  needs: ['iam:ListAccessKeys', 'iam:UpdateAccessKey'],

  async observe({ user, key }, read) {
    const page = await read('iam:ListAccessKeys', { UserName: user });
    const found = page?.AccessKeyMetadata?.find((each) => each.AccessKeyId === key);
    return found ? { status: found.Status ?? 'unknown' } : null;
  },

  precheck: ({ status }) => (status === 'Active' ? undefined : \`the key is \${status}\`),

  plan(_seen, { user, key }) {
    const identity = { UserName: user, AccessKeyId: key };
    return {
      says: \`set access key \${key} of \${user} to Inactive\`,
      apply: [{ call: 'iam:UpdateAccessKey', input: { ...identity, Status: 'Inactive' } }],
      undo: [{ call: 'iam:UpdateAccessKey', input: { ...identity, Status: 'Active' } }],
    };
  },

  verify: (seen) => seen?.status === 'Inactive',

  examples: {
    'an active key': {
      target: { kind: 'access-key', user: 'bob', key: 'AKIAEXAMPLE000000001' },
      seen: { status: 'Active' },
      says: 'set access key AKIAEXAMPLE000000001 of bob to Inactive',
    },
    'an inactive key': {
      target: { kind: 'access-key', user: 'bob', key: 'AKIAEXAMPLE000000001' },
      seen: { status: 'Inactive' },
      refuses: 'the key is Inactive',
    },
  },
});
`;
}
