import type { Factor } from '../core/risk.ts';
import type { Rule } from '../core/rule.ts';
import { called, resourceTarget, verb } from '../core/subject.ts';
import { did, role, user } from '../events/did.ts';
import { text } from '../events/fields.ts';

// A sandbox for the code of agents, with a role: whoever may run code in it can fetch the role's credentials.
export default {
  id: 'code-interpreter-used',
  title: 'Code interpreter of AgentCore created or used',
  why: 'A code interpreter of Bedrock AgentCore was created, or code was run in one. Agents use them to run code; one that was created with a role lets every caller act as that role, whether the caller may assume it or not. It is normal where agents are built and run. By anybody else, with a role, it is a way to more permissions.',
  severity: 'info',
  maps: {
    mitre: ['T1648', 'T1548.005'],
    cis: [],
    nist: ['AC-6', 'AU-12', 'CM-7'],
    pci: ['7.2.1', '7.2.5'],
    hipaa: ['164.312(a)(1)', '164.312(b)'],
    practice: 'code interpreters without a role, or with one for their task only',
  },
  on: [
    'bedrock-agentcore:CreateCodeInterpreter',
    'bedrock-agentcore:StartCodeInterpreterSession',
    'bedrock-agentcore:InvokeCodeInterpreter',
  ],

  detect(activity) {
    const isNew = activity.name === 'bedrock-agentcore:CreateCodeInterpreter';
    const name = text(activity.request, isNew ? 'name' : 'codeInterpreterIdentifier');
    const [done, tried] = WORDS[activity.name] ?? ['created', 'create'];
    return {
      target: resourceTarget('code interpreter', name),
      because: `${activity.actor.name} ${verb(activity, done, tried)} ${called('code interpreter', name)}`,
      factors: roleFactors(text(activity.request, 'executionRoleArn')),
    };
  },

  automatic: false,

  examples: {
    'mallory makes one with a role of her choice': {
      event: did(user('mallory'), 'bedrock-agentcore:CreateCodeInterpreter', {
        name: 'helper',
        executionRoleArn: 'arn:aws:iam::111122223333:role/ops',
        networkConfiguration: { networkMode: 'PUBLIC' },
      }),
      finds: 'mallory created code interpreter helper',
    },
    'an agent runs code': {
      event: did(role('agent', 'run-7'), 'bedrock-agentcore:InvokeCodeInterpreter', {
        codeInterpreterIdentifier: 'aws.codeinterpreter.v1',
        sessionId: '01ABC',
        name: 'executeCode',
      }),
      finds: 'role agent (session run-7) ran code in code interpreter aws.codeinterpreter.v1',
    },
    'mallory may not, and the record shows nothing': {
      event: did(user('mallory'), 'bedrock-agentcore:StartCodeInterpreterSession', null, {
        error: 'AccessDeniedException',
      }),
      finds: 'mallory tried to open a session in a code interpreter that the record does not name',
    },
    'interpreters are listed': {
      event: did(user('alice'), 'bedrock-agentcore:ListCodeInterpreters', {}),
    },
  },
} satisfies Rule;

const WORDS: { [event: string]: [done: string, tried: string] } = {
  'bedrock-agentcore:StartCodeInterpreterSession': ['opened a session in', 'open a session in'],
  'bedrock-agentcore:InvokeCodeInterpreter': ['ran code in', 'run code in'],
};

function roleFactors(given: string | undefined): Factor[] {
  return given ? [{ id: 'role', points: 20, because: `whoever runs code in it acts as ${given}` }] : [];
}
