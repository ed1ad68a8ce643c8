/** Before a test with properties, where a verdict is all that is wanted: the same cases each time, and no search for the smallest one that fails. */
import fc from 'fast-check';

const seed = Number(process.env['RELEASE_KIT_SEED'] ?? 1);
fc.configureGlobal({ seed, endOnFailure: true });
