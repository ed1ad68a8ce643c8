import { isDeepStrictEqual } from 'node:util';
import type { Statement } from './statement.ts';

/** The first of the bundles (JSON) that says exactly this, be it of an earlier attempt of the same run. Signatures are GitHub's matter, and the users'. */
export function bundleOf(statement: Statement, bundles: readonly unknown[]): object | undefined {
  const wanted = ofAnyAttempt(statement);
  return bundles.find((bundle): bundle is object => isDeepStrictEqual(ofAnyAttempt(statementIn(bundle)), wanted));
}

function statementIn(bundle: unknown): unknown {
  try {
    const payload = property(property(bundle, 'dsseEnvelope'), 'payload');
    return typeof payload === 'string' ? JSON.parse(Buffer.from(payload, 'base64').toString('utf8')) : undefined;
  } catch {
    return undefined; // nothing that could be the same
  }
}

/** As plain data, without the number of the attempt. */
function ofAnyAttempt(statement: unknown): unknown {
  if (statement === undefined) return undefined;
  return JSON.parse(JSON.stringify(statement), (key, value) =>
    key === 'invocationId' && typeof value === 'string' ? value.replace(/\/attempts\/\d+$/, '') : value,
  );
}

const property = (value: unknown, name: string): unknown =>
  typeof value === 'object' && value !== null ? Reflect.get(value, name) : undefined;
