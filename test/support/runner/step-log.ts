import type { Masks } from './masks.ts';
import { parseWorkflowCommand, type WorkflowCommand } from './workflow-command.ts';

export interface LoggedAnnotation {
  readonly level: 'error' | 'warning' | 'notice';
  readonly message: string;
  readonly properties: Readonly<Record<string, string>>;
}

/** Turns lines of a step's output into what a person sees, and obeys the commands among them. */
export class StepLog {
  /** As shown: masked, commands taken out, groups as `▸ title`. */
  readonly lines: string[] = [];
  readonly debug: string[] = [];
  readonly annotations: LoggedAnnotation[] = [];
  /** Commands that the runner refuses (set-env, set-output, …); each fails the step. */
  readonly refused: string[] = [];
  readonly #masks: Masks;
  #resume: string | undefined;

  constructor(masks: Masks) {
    this.#masks = masks;
  }

  take(line: string): void {
    const command = parseWorkflowCommand(line, this.#resume);
    if (command === undefined) this.lines.push(this.#masks.apply(line));
    else if (this.#resume === undefined) this.#obey(command);
    else if (command.name === this.#resume.toLowerCase()) this.#resume = undefined;
    else this.lines.push(this.#masks.apply(line));
  }

  #obey({ name, properties, data }: WorkflowCommand): void {
    switch (name) {
      case 'error':
      case 'warning':
      case 'notice':
        this.annotations.push({ level: name, message: this.#masks.apply(data), properties: this.#masked(properties) });
        break;
      case 'add-mask':
        this.#masks.add(data);
        break;
      case 'stop-commands':
        this.#resume = data;
        break;
      case 'group':
        this.lines.push(`▸ ${this.#masks.apply(data)}`);
        break;
      case 'debug':
        this.debug.push(this.#masks.apply(data));
        break;
      case 'endgroup':
      case 'echo':
      case 'add-matcher':
      case 'remove-matcher':
        break;
      default:
        this.refused.push(name);
    }
  }

  #masked(properties: ReadonlyMap<string, string>): Readonly<Record<string, string>> {
    return Object.fromEntries([...properties].map(([key, value]) => [key, this.#masks.apply(value)]));
  }
}
