import type { Rule } from '../core/rule.ts';
import { called, resourceTarget } from '../core/subject.ts';
import type { Fields } from '../events/activity.ts';
import { reported } from '../events/did.ts';
import { flag, text } from '../events/fields.ts';

// Access Analyzer reasons over policies that the guardrail never saw being written.
export default {
  id: 'access-analyzer-finding-reported',
  title: 'Access Analyzer found outside access',
  why: 'IAM Access Analyzer found that a resource or role can be reached from outside the zone of trust. If everybody can, somebody will. It is normal for resources that are shared on purpose; archive the finding there, and it is not reported again. Findings about unused access are kept and alert nobody.',
  severity: 'low',
  maps: {
    mitre: ['T1530', 'T1199'],
    cis: ['1.20'],
    nist: ['AC-3', 'AC-4', 'CA-7'],
    pci: ['1.3.1', '7.2.1'],
    hipaa: ['164.312(a)(1)'],
    practice: 'an analyzer in every region, and no finding left open',
  },
  on: {
    source: ['aws.access-analyzer'],
    'detail-type': ['Access Analyzer Finding', 'Internal Access Finding', 'Unused Access Finding for IAM entities'],
  },

  detect({ request }) {
    if (text(request, 'status') !== 'ACTIVE' || flag(request, 'isDeleted')) return undefined;
    const resource = text(request, 'resource');
    const isPublic = flag(request, 'isPublic') === true;
    return {
      target: resourceTarget('resource', resource),
      because: `Access Analyzer found ${isPublic ? 'that everybody can use' : 'access to'} ${called('resource', resource)}`,
      factors: isPublic ? [{ id: 'public', points: 40, because: 'everybody can use it' }] : [],
    };
  },

  automatic: false,

  examples: {
    'a bucket is open to everybody': {
      event: reported('access-analyzer', 'Access Analyzer Finding', finding({ isPublic: true })),
      finds: 'Access Analyzer found that everybody can use resource arn:aws:s3:::reports',
    },
    'another account can use it': {
      event: reported('access-analyzer', 'Access Analyzer Finding', finding({ principal: { AWS: '999988887777' } })),
      finds: 'Access Analyzer found access to resource arn:aws:s3:::reports',
    },
    'it has been mended': {
      event: reported('access-analyzer', 'Access Analyzer Finding', finding({ isPublic: true, status: 'RESOLVED' })),
    },
    'it is shared on purpose': {
      event: reported('access-analyzer', 'Access Analyzer Finding', finding({ isPublic: true, status: 'ARCHIVED' })),
    },
  },
} satisfies Rule;

function finding(more: Fields): Fields {
  return {
    id: 'a1b2c3d4',
    status: 'ACTIVE',
    resourceType: 'AWS::S3::Bucket',
    resource: 'arn:aws:s3:::reports',
    accountId: '111122223333',
    region: 'us-east-1',
    updatedAt: '2026-11-20T03:12:45Z',
    ...more,
  };
}
