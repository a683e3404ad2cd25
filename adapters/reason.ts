// Node's error codes in words that a person can act on.

const REASONS: { [code: string]: string } = {
  ENOENT: 'does not exist',
  EACCES: 'cannot be read: permission denied',
  EPERM: 'cannot be read: permission denied',
  EISDIR: 'cannot be read: it is a folder',
  ENOTDIR: 'does not exist: a part of its path is not a folder',
  ELOOP: 'cannot be read: its links lead in a circle',
  ENAMETOOLONG: 'does not exist: the path is too long',
  EMFILE: 'cannot be read: too many open files',
  ENFILE: 'cannot be read: too many open files',
  EIO: 'cannot be read: the disk reports an error',
  ENXIO: 'cannot be read: it is no file',
  ERR_INVALID_ARG_VALUE: 'does not exist: the path holds a null byte',
  Z_BUF_ERROR: 'the gzip data is cut off',
  Z_DATA_ERROR: 'the gzip data is damaged',
};

/** Why a file, folder or gzip stream cannot be read. */
export function reasonOf(cause: unknown): string {
  return REASONS[codeOf(cause)] ?? 'cannot be read';
}

function codeOf(cause: unknown): string {
  return cause instanceof Error && 'code' in cause ? String(cause.code) : '';
}
