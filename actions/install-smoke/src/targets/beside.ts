import type { Host } from '@release-kit/action';

/** The host of one piece of work among several; disposed of when that work is done. */
export type NearHost = Host & Disposable;

/**
 * Hosts for work that runs at the same time: each line names its work, a group comes out as one piece when it is complete, and the
 * line of progress tells what each of them does. An empty label is for work that needs no name.
 */
export function hostsBeside(host: Host): (label: string) => NearHost {
  const tellInTurn = turnsOf();
  const doing = new Map<string, string>();
  const show = (): void => host.progress.update([...doing].map(([label, text]) => named(label, text)).join(' · '));
  return (label) => {
    // The lines of the groups that are open, the innermost last: work in one place runs one thing after the other.
    const open: (() => void)[][] = [];
    const tell = (line: (place: 'group' | 'log') => void): void => {
      const lines = open.at(-1);
      if (lines === undefined) tellInTurn(() => line('log'));
      else lines.push(() => line('group'));
    };
    const text = (place: 'group' | 'log', words: string): string => (place === 'group' ? words : named(label, words));
    const grouped =
      (group: Host['log']['group']): Host['log']['group'] =>
      async (title, body) => {
        const lines: (() => void)[] = [];
        open.push(lines);
        try {
          return await body();
        } finally {
          open.splice(open.indexOf(lines), 1);
          const whole = (): Promise<void> =>
            group(named(label, title), async () => {
              for (const line of lines) line();
            });
          const outer = open.at(-1);
          if (outer === undefined) await tellInTurn(whole);
          else outer.push(() => host.log.info(title), ...lines);
        }
      };
    const detail = (line: string): void => tell((place) => host.log.detail(text(place, line)));
    return {
      ...host,
      exec: (argv, { output, onLine, ...options } = {}) =>
        host.exec(argv, {
          ...options,
          // Printed by the host itself, they would stand between the lines of others.
          onLine: (line, stream) => {
            if (output === 'log') detail(line);
            onLine?.(line, stream);
          },
        }),
      log: {
        debug: (words) => host.log.debug(named(label, words)),
        info: (words) => tell((place) => host.log.info(text(place, words))),
        warning: (words) => tell(() => host.log.warning(named(label, words))),
        detail,
        group: grouped(host.log.group),
        fold: grouped(host.log.fold),
      },
      progress: {
        update: (words) => {
          doing.set(label, words);
          show();
        },
      },
      [Symbol.dispose]: () => {
        doing.delete(label);
        show();
      },
    };
  };
}

const named = (label: string, text: string): string => (label === '' ? text : `${label}: ${text}`);

/** Tells at once, but not while a group is open. */
function turnsOf(): (action: () => void | Promise<void>) => Promise<void> {
  const waiting: (() => void | Promise<void>)[] = [];
  let isTelling = false;
  return async (action) => {
    waiting.push(action);
    if (isTelling) return;
    isTelling = true;
    try {
      for (let next = waiting.shift(); next !== undefined; next = waiting.shift()) {
        const told = next();
        if (told !== undefined) await told;
      }
    } finally {
      isTelling = false;
    }
  };
}
