import type { Factor } from '../core/risk.ts';
import type { Rule } from '../core/rule.ts';
import { called, resourceTarget, verb } from '../core/subject.ts';
import type { Fields } from '../events/activity.ts';
import { did, role, user } from '../events/did.ts';
import { at, flag, inner, isFields, text } from '../events/fields.ts';

// A guardrail with every filter at zero still has a name and a version.
export default {
  id: 'model-guardrail-updated',
  title: 'Guardrail of a model changed',
  why: 'A guardrail of Bedrock was changed. An update replaces all of its filters: where one is set to nothing, or only watches instead of blocking, models answer what was refused before. Builders tune filters every day, and published versions stay as they are; look whether a new version is published from it.',
  severity: 'info',
  maps: {
    mitre: ['T1562.001'],
    cis: [],
    nist: ['CM-3', 'SI-4', 'AC-4'],
    pci: ['10.7.2'],
    hipaa: ['164.312(a)(1)'],
    practice: 'guardrails are forced on the account, and made by code',
  },
  on: ['bedrock:UpdateGuardrail'],

  detect(activity) {
    const name = text(activity.request, 'guardrailIdentifier');
    const factors = weakFactors(activity.request);
    const said = factors.map((each) => `: ${each.because}`).join('');
    return {
      target: resourceTarget('model guardrail', name),
      because: `${activity.actor.name} ${verb(activity, 'changed', 'change')} ${called('model guardrail', name)}${said}`,
      factors,
    };
  },

  automatic: false,

  examples: {
    'mallory sets the filters to nothing': {
      event: did(user('mallory'), 'bedrock:UpdateGuardrail', {
        guardrailIdentifier: 'gr0abc123',
        contentPolicyConfig: { filtersConfig: [{ type: 'HATE', inputStrength: 'NONE', outputStrength: 'NONE' }] },
      }),
      finds: 'mallory changed model guardrail gr0abc123: filters block nothing (HATE)',
    },
    'alice tunes': {
      event: did(user('alice'), 'bedrock:UpdateGuardrail', {
        guardrailIdentifier: 'gr0abc123',
        contentPolicyConfig: { filtersConfig: [{ type: 'HATE', inputStrength: 'HIGH', outputStrength: 'MEDIUM' }] },
      }),
      finds: 'alice changed model guardrail gr0abc123',
    },
    'only watching, refused': {
      event: did(
        role('web', 'i-0abc'),
        'bedrock:UpdateGuardrail',
        {
          guardrailIdentifier: 'gr0abc123',
          sensitiveInformationPolicyConfig: { piiEntitiesConfig: [{ type: 'EMAIL', action: 'NONE' }] },
        },
        { error: 'AccessDeniedException' },
      ),
      finds: 'role web (session i-0abc) tried to change model guardrail gr0abc123: filters block nothing (EMAIL)',
    },
    'filters of the wrong type': {
      event: did(user('alice'), 'bedrock:UpdateGuardrail', { contentPolicyConfig: { filtersConfig: 'NONE' } }),
      finds: 'alice changed a model guardrail that the record does not name',
    },
    'a version is published': {
      event: did(user('alice'), 'bedrock:CreateGuardrailVersion', { guardrailIdentifier: 'gr0abc123' }),
    },
  },
} satisfies Rule;

// Prompt attacks are looked for in the input only: their output strength is always NONE.
function weakFactors(request: Fields): Factor[] {
  const off = [
    ...listed(inner(request, 'contentPolicyConfig'), 'filtersConfig'),
    ...listed(inner(request, 'sensitiveInformationPolicyConfig'), 'piiEntitiesConfig'),
  ].filter(isOff);
  if (off.length === 0) return [];
  const names = off.slice(0, 3).map((each) => text(each, 'type') ?? 'one of no name');
  return [{ id: 'weak', points: 40, because: `filters block nothing (${names.join(', ')})` }];
}

function isOff(filter: Fields): boolean {
  const values = ['inputStrength', 'inputAction', 'action'].map((each) => text(filter, each));
  return values.includes('NONE') || flag(filter, 'inputEnabled') === false;
}

function listed(fields: Fields, key: string): Fields[] {
  const value = at(fields, key);
  return Array.isArray(value) ? value.filter(isFields) : [];
}
