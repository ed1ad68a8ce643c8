import { TestEnvironment } from 'jest-environment-node';
import { type CircusEvent, earlyEnd, type Until } from './early-end.ts';

type Parameters = ConstructorParameters<typeof TestEnvironment>;

/** Jest's environment for Node, in which a file ends early. The options of the environment may have `until`. */
export default class EarlyEnvironment extends TestEnvironment {
  readonly #onEvent: (event: CircusEvent) => void;

  constructor(...given: Parameters) {
    super(...given);
    // Given by jest-run.ts in this process, not by a person.
    this.#onEvent = earlyEnd(given[0].projectConfig.testEnvironmentOptions['until'] as Until | undefined);
  }

  handleTestEvent(event: CircusEvent): void {
    this.#onEvent(event);
  }
}
