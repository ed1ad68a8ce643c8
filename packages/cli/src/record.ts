import type { Host } from '@release-kit/action';

export interface StepRecord {
  readonly name: string;
  readonly outcome: 'passed' | 'failed' | 'skipped';
  readonly seconds: number;
  /** Output name -> text. */
  readonly outputs: Readonly<Record<string, string>>;
  /** Why it was skipped. */
  readonly reason?: string;
}

/** What has been done so far, for the summary and for `--json`. */
export class RunRecord {
  readonly steps: StepRecord[] = [];
  /** Reports of steps, by the name under which `--json` shows them, whether the run ends well or not. */
  readonly reports: Record<string, unknown> = {};

  /** Runs one step in a group of the log and remembers how it ended. */
  async step(name: string, body: () => Promise<Readonly<Record<string, string>>>, host: Host): Promise<Readonly<Record<string, string>>> {
    const start = host.clock.now();
    const seconds = (): number => (host.clock.now() - start) / 1000;
    try {
      const outputs = await host.log.group(name, body);
      this.steps.push({ name, outcome: 'passed', seconds: seconds(), outputs });
      return outputs;
    } catch (error) {
      this.steps.push({ name, outcome: 'failed', seconds: seconds(), outputs: {} });
      throw error;
    }
  }

  attach(name: string, report: unknown): void {
    this.reports[name] = report;
  }

  skip(name: string, reason: string, host: Host): void {
    host.log.info(`${name}: skipped, ${reason}`);
    this.steps.push({ name, outcome: 'skipped', seconds: 0, outputs: {}, reason });
  }
}
