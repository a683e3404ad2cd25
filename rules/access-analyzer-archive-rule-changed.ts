import type { Factor } from '../core/risk.ts';
import type { Rule } from '../core/rule.ts';
import { called, resourceTarget, verb } from '../core/subject.ts';
import type { Activity } from '../events/activity.ts';
import { did, role, user } from '../events/did.ts';
import { inner, text } from '../events/fields.ts';

// The analyzer goes on, and what it finds goes straight into the archive.
export default {
  id: 'access-analyzer-archive-rule-changed',
  title: 'Archive rule of an access analyzer written',
  why: 'A rule was written by which IAM Access Analyzer puts findings away before anybody sees them. It is normal for access that is meant, and such rules name the resource or the account that they are about. One that names neither, or is about everything public, hides every bucket and role that is opened from then on.',
  severity: 'low',
  maps: {
    mitre: ['T1562.001', 'T1564'],
    cis: ['1.20'],
    nist: ['AC-6(7)', 'CA-7', 'SI-4'],
    pci: ['10.4.1', '10.7.2'],
    hipaa: ['164.308(a)(1)(ii)(D)'],
    practice: 'archive rules name what they are about',
  },
  on: ['access-analyzer:CreateArchiveRule', 'access-analyzer:UpdateArchiveRule', 'access-analyzer:ApplyArchiveRule'],

  detect(activity) {
    const { request } = activity;
    const analyzer = text(request, 'analyzerName') ?? text(request, 'analyzerArn');
    const name = text(request, 'ruleName');
    const isUse = activity.name === 'access-analyzer:ApplyArchiveRule';
    return {
      target: resourceTarget('access analyzer', analyzer),
      because: `${activity.actor.name} ${isUse ? verb(activity, 'applied', 'apply') : verb(activity, 'wrote', 'write')} ${called('archive rule', name)} of ${called('access analyzer', analyzer)}`,
      factors: isUse ? [] : widthFactors(activity),
    };
  },

  automatic: false,

  examples: {
    'mallory hides everything that is public': {
      event: did(user('mallory'), 'access-analyzer:CreateArchiveRule', rule({ isPublic: { eq: ['true'] } })),
      finds: 'mallory wrote archive rule known of access analyzer outside',
    },
    'one bucket is meant to be open': {
      event: did(
        role('deploy', 'ci-42'),
        'access-analyzer:CreateArchiveRule',
        rule({ resource: { eq: ['arn:aws:s3:::www'] } }),
      ),
      finds: 'role deploy (session ci-42) wrote archive rule known of access analyzer outside',
    },
    'a build may not, and the filter is none': {
      event: did(
        role('build', 'ci-42'),
        'access-analyzer:UpdateArchiveRule',
        { filter: [] },
        { error: 'AccessDeniedException' },
      ),
      finds:
        'role build (session ci-42) tried to write an archive rule that the record does not name of an access analyzer that the record does not name',
    },
    'a rule is deleted': {
      event: did(user('alice'), 'access-analyzer:DeleteArchiveRule', { analyzerName: 'outside', ruleName: 'known' }),
    },
  },
} satisfies Rule;

/** The parts of a filter that say which access is meant; with `neq` they say which is not. */
const NAMING = /^(resource|principal\..+|condition\..+|id)$/i;

function widthFactors({ request }: Activity): Factor[] {
  const filter = inner(request, 'filter');
  const isNamed = Object.keys(filter).some((each) => NAMING.test(each) && isNaming(inner(filter, each)));
  return isNamed ? [] : [{ id: 'wide', points: 20, because: 'it names neither a resource nor an account' }];
}

function isNaming(criterion: object): boolean {
  return Object.keys(criterion).some((each) => /^(eq|contains)$/i.test(each));
}

function rule(filter: object) {
  return { analyzerName: 'outside', ruleName: 'known', filter };
}
