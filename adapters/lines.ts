// A text file line by line, however large: documents that people write over several lines, and rows of which each has one.
import { createReadStream } from 'node:fs';
import { reasonOf } from './reason.ts';

/** A line, its number counted from 1, and how many bytes have been read so far; blank lines are left out. */
export type Line = { text: string; number: number; read: number };

/** A file that cannot be read: which, and why. */
export class FileError extends Error {
  override readonly name = 'FileError';
}

/** The lines of a file, or of stdin for `-`. Throws `FileError` where it cannot be read. */
export async function* linesOf(file: string): AsyncGenerator<Line> {
  const decoder = new TextDecoder();
  let [rest, number, read] = ['', 0, 0];
  for await (const chunk of chunksOf(file)) {
    read += chunk.length;
    const lines = (rest + decoder.decode(chunk, { stream: true })).split('\n');
    rest = lines.pop() ?? '';
    for (const text of lines) {
      number += 1;
      if (text.trim() !== '') yield { text, number, read };
    }
  }
  rest += decoder.decode();
  if (rest.trim() !== '') yield { text: rest, number: number + 1, read };
}

async function* chunksOf(file: string): AsyncGenerator<Buffer> {
  try {
    yield* file === '-' ? process.stdin : createReadStream(file);
  } catch (cause) {
    throw new FileError(`${file === '-' ? 'stdin' : file}: ${reasonOf(cause)}`, { cause });
  }
}
