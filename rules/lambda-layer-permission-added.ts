import { clauses, sharingFactors } from '../core/opening.ts';
import type { Rule } from '../core/rule.ts';
import { called, resourceTarget, verb } from '../core/subject.ts';
import { did, OUTSIDE, role, user } from '../events/did.ts';
import { text } from '../events/fields.ts';

// A layer is code and what was packed with it; shared, it can be downloaded and read.
export default {
  id: 'lambda-layer-permission-added',
  title: 'Permission to use a Lambda layer added',
  why: 'A version of a Lambda layer was shared. Whoever may use it can also download it, with the source, settings and now and then secrets that were packed into it. It is normal where a layer is published as a product, or given to the other accounts of the organization.',
  severity: 'low',
  maps: {
    mitre: ['T1537', 'T1098'],
    cis: [],
    nist: ['AC-3', 'AC-21'],
    pci: ['7.2.1', '10.2.1.5'],
    hipaa: ['164.312(a)(1)'],
    practice: 'layers shared with the organization, not with everybody',
  },
  on: ['lambda:AddLayerVersionPermission'],

  detect(activity, known) {
    const layer = text(activity.request, 'layerName');
    const principal = text(activity.request, 'principal') ?? '';
    const isLimited = text(activity.request, 'organizationId') !== undefined;
    const worth = { everybody: isLimited ? 0 : 25, outsider: 20, known: -10 };
    const factors = sharingFactors([principal], worth, activity, known);
    return {
      target: resourceTarget('Lambda layer', layer),
      because: `${activity.actor.name} ${verb(activity, 'shared', 'share')} ${called('Lambda layer', layer)}${clauses(factors)}`,
      factors,
    };
  },

  automatic: false,

  examples: {
    'mallory publishes a layer': {
      event: did(user('mallory'), 'lambda:AddLayerVersionPermission20181031', { layerName: 'core', principal: '*' }),
      finds: 'mallory shared Lambda layer core: everybody may use it',
    },
    'a deployment shares it with the organization': {
      event: did(role('deploy', 'ci-42'), 'lambda:AddLayerVersionPermission20181031', {
        layerName: 'core',
        principal: '*',
        organizationId: 'o-own0000000',
      }),
      finds: 'role deploy (session ci-42) shared Lambda layer core',
    },
    'mallory may not, and names no layer': {
      event: did(
        user('mallory'),
        'lambda:AddLayerVersionPermission20181031',
        { principal: OUTSIDE },
        { error: 'AccessDeniedException' },
      ),
      finds: 'mallory tried to share a Lambda layer that the record does not name: account 999988887777 may use it',
    },
    'a layer is made': {
      event: did(user('alice'), 'lambda:PublishLayerVersion20181031', { layerName: 'core' }),
    },
  },
} satisfies Rule;
