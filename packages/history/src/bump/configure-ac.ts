import type { Located, LocateRequest } from './located.ts';
import { type M4Argument, m4Calls } from './m4-calls.ts';

/** The second argument of AC_INIT (autoconf manual, "Initializing configure"), or the one `m4_define` of the macro that stands there. */
export function locateInConfigureAc(text: string, { fail }: LocateRequest): Located {
  const calls = m4Calls(text, new Set(['AC_INIT', 'm4_define']), fail);
  const [start, second] = calls.filter(({ name }) => name === 'AC_INIT');
  if (start === undefined) return { own: [] };
  if (second !== undefined) fail(second.start, 'a second AC_INIT stands here');
  const version = start.arguments[1];
  if (version === undefined || version.text === '') return fail(start.start, 'AC_INIT has no second argument, the version');
  const macro = /^([A-Za-z_]\w*)(?:\(\))?$/.exec(version.text)?.[1];
  if (macro === undefined) return literal(version, 'the version of AC_INIT');
  const values = calls.filter(({ name, arguments: [key] }) => name === 'm4_define' && key?.text === macro).map((call) => call.arguments[1]);
  const [value] = values;
  if (value === undefined || values.length > 1)
    return fail(version.start, `the version of AC_INIT is the macro ${macro}, which is not defined by exactly one m4_define here`);
  return literal(value, `the macro ${macro}`);
}

function literal({ text, start, end }: M4Argument, what: string): Located {
  if (/\b(?:m4_)?(?:esyscmd|include|sinclude)(?:_s)?\b/.test(text))
    return { own: [], remarks: [`${what} is worked out by a command or file`] };
  return { own: [{ start, end, what }] };
}
