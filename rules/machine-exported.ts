import type { Rule } from '../core/rule.ts';
import { called, resourceTarget, verb } from '../core/subject.ts';
import type { Fields } from '../events/activity.ts';
import { did, role, user } from '../events/did.ts';
import { inner, text } from '../events/fields.ts';

// A machine becomes a file: from the bucket it goes anywhere, and no sharing of snapshots is to be seen.
export default {
  id: 'machine-exported',
  title: 'Machine exported to a bucket',
  why: 'A machine, or the image of one, is written as a file to an S3 bucket, disks and all. From there it is downloaded like any object; the bucket may belong to another account. It is rare: moves to another data centre, or an archive of images. Ask who needs the file, and look at the bucket.',
  severity: 'medium',
  maps: {
    mitre: ['T1537', 'T1005', 'T1578'],
    cis: [],
    nist: ['AC-4', 'AC-21', 'SC-7'],
    pci: ['7.2.1', '10.2.1.5'],
    hipaa: ['164.312(a)(1)', '164.308(a)(4)(ii)(C)'],
    practice: 'export of machines denied where nobody needs it',
  },
  on: ['ec2:CreateInstanceExportTask', 'ec2:ExportImage', 'ec2:CreateStoreImageTask'],

  detect(activity) {
    const body = bodyOf(activity.request, activity.name);
    const instance = text(body, 'instanceId');
    const [type, name] = instance ? (['instance', instance] as const) : (['image', text(body, 'imageId')] as const);
    const bucket = bucketIn(body);
    return {
      target: resourceTarget(type, name),
      because: `${activity.actor.name} ${verb(activity, 'exported', 'export')} ${called(type, name)} to ${called('bucket', bucket)}`,
    };
  },

  automatic: false,

  examples: {
    'mallory takes a machine along': {
      event: did(user('mallory'), 'ec2:CreateInstanceExportTask', {
        instanceId: 'i-1',
        targetEnvironment: 'vmware',
        exportToS3: { diskImageFormat: 'vmdk', s3Bucket: 'drop' },
      }),
      finds: 'mallory exported instance i-1 to bucket drop',
    },
    'mallory exports an image': {
      event: did(user('mallory'), 'ec2:ExportImage', {
        ExportImageRequest: { ImageId: 'ami-1', S3ExportLocation: { S3Bucket: 'drop' }, DiskImageFormat: 'VMDK' },
      }),
      finds: 'mallory exported image ami-1 to bucket drop',
    },
    'a build may not, and the request is odd': {
      event: did(
        role('build', 'ci-42'),
        'ec2:CreateStoreImageTask',
        { CreateStoreImageTaskRequest: 'ami-1' },
        { error: 'Client.UnauthorizedOperation' },
      ),
      finds:
        'role build (session ci-42) tried to export an image that the record does not name to a bucket that the record does not name',
    },
    'an export is called off': {
      event: did(user('alice'), 'ec2:CancelExportTask', { exportTaskId: 'export-1' }),
    },
  },
} satisfies Rule;

/** The younger calls of EC2 stand in an element of their own in CloudTrail's records. */
function bodyOf(request: Fields, name: string): Fields {
  const body = inner(request, `${name.slice('ec2:'.length)}Request`);
  return Object.keys(body).length > 0 ? body : request;
}

function bucketIn(body: Fields): string | undefined {
  const places = [inner(body, 'exportToS3'), inner(body, 'exportToS3Task'), inner(body, 's3ExportLocation')];
  return places.map((each) => text(each, 's3Bucket')).find((each) => each !== undefined) ?? text(body, 'bucket');
}
