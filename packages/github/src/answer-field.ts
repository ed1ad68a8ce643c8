import { UserError } from '@release-kit/action';
import { field } from './field.ts';

/** Fields of an answer; E_GITHUB names the one that is missing, `of` what the answer should be. */
export function number(value: unknown, name: string, of: string): number {
  const found = field(value, name);
  if (typeof found !== 'number' || !Number.isSafeInteger(found)) throw wrong(name, of);
  return found;
}

export function text(value: unknown, name: string, of: string): string {
  const found = field(value, name);
  if (typeof found !== 'string') throw wrong(name, of);
  return found;
}

export function boolean(value: unknown, name: string, of: string): boolean {
  const found = field(value, name);
  if (typeof found !== 'boolean') throw wrong(name, of);
  return found;
}

/** '' when there is none. */
export function optionalText(value: unknown, name: string): string {
  const found = field(value, name);
  return typeof found === 'string' ? found : '';
}

/** The items of an answer that is a list; a page of a proxy, which comes with 200 as well, is none. */
export function listOf(value: unknown, of: string): readonly unknown[] {
  if (Array.isArray(value)) return value;
  throw new UserError('E_GITHUB', `GitHub's answer is no list of ${of}`);
}

function wrong(name: string, of: string): UserError {
  return new UserError('E_GITHUB', `GitHub's answer is not a ${of}: its field ${name} is missing or of the wrong kind`);
}
