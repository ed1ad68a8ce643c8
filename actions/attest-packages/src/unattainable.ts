import { UserError } from '@release-kit/action';

/**
 * Nothing can be attested, by no fault of what is to be attested: services are down, or are not there for this repository. With the policy best-effort
 * it is told and the run goes on; of other errors it never is.
 */
export class Unattainable extends UserError {
  constructor(problem: string, cure: string, cause?: unknown) {
    super('E_ATTEST', problem, { cure, cause });
    this.name = 'Unattainable';
  }
}
