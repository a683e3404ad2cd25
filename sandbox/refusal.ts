// An error that AWS answers with. The account makes an `AwsError` of it, which knows the call too.

export class Refusal extends Error {
  readonly code: string;
  constructor(code: string, message: string) {
    super(message);
    this.code = code;
  }
}

/** Throws the refusal; written as an expression: `users[name] ?? refuse(…)`. */
export function refuse(code: string, message: string): never {
  throw new Refusal(code, message);
}
