import type { Located, LocateRequest, VersionSpot } from './located.ts';
import { type M4Argument, m4Calls } from './m4-calls.ts';

/**
 * The second argument of AC_INIT (autoconf manual, "Initializing configure"), or the one `m4_define` of the macro that
 * stands there, or of each of three with dots between them.
 */
export function locateInConfigureAc(text: string, { fail }: LocateRequest): Located {
  const calls = m4Calls(text, new Set(['AC_INIT', 'm4_define']), fail);
  const [start, second] = calls.filter(({ name }) => name === 'AC_INIT');
  if (start === undefined) return { own: [] };
  if (second !== undefined) fail(second.start, 'a second AC_INIT stands here');
  const version = start.arguments[1];
  if (version === undefined || version.text === '') return fail(start.start, 'AC_INIT has no second argument, the version');
  const definition = (macro: string): M4Argument => {
    const values = calls.filter(({ name, arguments: [key] }) => name === 'm4_define' && key?.text === macro);
    const value = values.length === 1 ? values[0]?.arguments[1] : undefined;
    return value ?? fail(version.start, `the version of AC_INIT is the macro ${macro}, which is not defined by exactly one m4_define here`);
  };
  const macro = macroIn(version.text);
  const value = macro === undefined ? version : definition(macro);
  const what = macro === undefined ? 'the version of AC_INIT' : `the macro ${macro}`;
  if (/\b(?:m4_)?(?:esyscmd|include|sinclude)(?:_s)?\b/.test(value.text))
    return { own: [], remarks: [`${what} is worked out by a command or file`] };
  const [major, minor, patch, more] = value.text.split('.').map(macroIn);
  if (major === undefined || minor === undefined || patch === undefined || more !== undefined)
    return { own: [{ start: value.start, end: value.end, what }] };
  const part = (name: string): VersionSpot => ({ ...definition(name), what: `the macro ${name}` });
  return { own: [], parts: [part(major), part(minor), part(patch)] };
}

/** `name` or `name()` */
const macroIn = (text: string): string | undefined => /^([A-Za-z_]\w*)(?:\(\))?$/.exec(text)?.[1];
