import type { Host } from '@release-kit/action';

/** For a build whose only use is to be compared: it says nothing new of the source, and its log is a file of its own. */
export function quietHost(host: Host, name: string): Host {
  return {
    ...host,
    annotate: () => undefined,
    summary: { add: () => undefined },
    log: {
      info: (text) => host.log.debug(`${name}: ${text}`),
      debug: (text) => host.log.debug(`${name}: ${text}`),
      warning: (text) => host.log.debug(`${name}: ${text}`),
      detail: () => undefined,
      group: (_title, body) => body(),
      fold: (_title, body) => body(),
    },
  };
}
