// Trails of the sandbox: what an attacker stops first.
import type { Handlers } from './operations.ts';
import { refuse } from './refusal.ts';
import { given, type Scene, type Trail } from './state.ts';

type TrailOperations =
  | 'cloudtrail:CreateTrail'
  | 'cloudtrail:GetTrailStatus'
  | 'cloudtrail:StartLogging'
  | 'cloudtrail:StopLogging';

export const trails: Handlers<TrailOperations> = {
  'cloudtrail:CreateTrail'(input, scene) {
    const name = given(input.Name, 'name');
    if (scene.state.trails[name])
      refuse('TrailAlreadyExistsException', `Trail ${name} already exists for customer: ${scene.account}`);
    const trail = {
      arn: `arn:aws:cloudtrail:${scene.region}:${scene.account}:trail/${name}`,
      bucket: given(input.S3BucketName, 's3BucketName'),
      multiRegion: input.IsMultiRegionTrail ?? false,
      validation: input.EnableLogFileValidation ?? false,
      logging: false,
    };
    scene.state.trails[name] = trail;
    return summary(name, trail);
  },

  'cloudtrail:GetTrailStatus'({ Name }, scene) {
    const [name, trail] = trailOf(scene, Name);
    const { started, stopped } = scene.history.trails[name] ?? {};
    return {
      IsLogging: trail.logging,
      ...(started
        ? { StartLoggingTime: new Date(started), TimeLoggingStarted: toSeconds(started) }
        : { TimeLoggingStarted: '' }),
      ...(stopped
        ? { StopLoggingTime: new Date(stopped), TimeLoggingStopped: toSeconds(stopped) }
        : { TimeLoggingStopped: '' }),
    };
  },

  'cloudtrail:StartLogging'({ Name }, scene) {
    const [name, trail] = trailOf(scene, Name);
    trail.logging = true;
    scene.history.trails[name] = { ...scene.history.trails[name], started: scene.now.toISOString() };
    return {};
  },

  'cloudtrail:StopLogging'({ Name }, scene) {
    const [name, trail] = trailOf(scene, Name);
    trail.logging = false;
    scene.history.trails[name] = { ...scene.history.trails[name], stopped: scene.now.toISOString() };
    return {};
  },
};

/** The trail by its name or by its ARN. */
function trailOf(scene: Scene, name: string | undefined): [string, Trail] {
  const wanted = given(name, 'name');
  const found = Object.entries(scene.state.trails).find(([each, trail]) => each === wanted || trail.arn === wanted);
  return found ?? refuse('TrailNotFoundException', `Unknown trail: ${wanted} for the user: ${scene.account}`);
}

function summary(Name: string, trail: Trail) {
  return {
    Name,
    S3BucketName: trail.bucket,
    IncludeGlobalServiceEvents: true,
    IsMultiRegionTrail: trail.multiRegion,
    TrailARN: trail.arn,
    LogFileValidationEnabled: trail.validation,
    IsOrganizationTrail: false,
  };
}

function toSeconds(time: string): string {
  return time.replace(/\.\d+Z$/, 'Z');
}
