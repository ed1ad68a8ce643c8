import { test } from '@jest/globals';
import { endsWhole, endsWholeForTwo, seedGroups } from '../support/draft-faults.ts';

const limit = 300_000;

test.each(seedGroups(20, 25))(
  'whatever goes wrong in the seeds %d to %d: after three more runs there is one draft, whole, and nothing else was touched',
  endsWhole,
  limit,
);

test.each(seedGroups(20, 10))(
  'C1 whatever goes wrong for two runs at once in the seeds %d to %d: there is one draft, whole, and nothing else was touched',
  endsWholeForTwo,
  limit,
);
