export { findCheckout } from './checkout.ts';
export { type Git, openGit } from './git.ts';
