import { boolean, number, optionalText, text } from './answer-field.ts';
import { field } from './field.ts';

export interface RemoteRelease {
  readonly id: number;
  readonly tag: string;
  readonly title: string;
  readonly body: string;
  readonly commit: string;
  readonly draft: boolean;
  readonly prerelease: boolean;
  /** Whether its tag and assets are frozen; older Enterprise Servers do not say it. */
  readonly immutable: boolean;
  readonly url: string;
  /** A URI template that ends in `{?name,label}`. */
  readonly uploadUrl: string;
}

export interface RemoteAsset {
  readonly id: number;
  readonly name: string;
  readonly size: number;
  /** `uploaded` when it is whole; `starter` while, or when, an upload did not end. */
  readonly state: string;
  readonly sha256: string | undefined;
}

export interface RemoteCheckRun {
  readonly id: number;
  /** What its maker calls it; '' when its maker said nothing. */
  readonly externalId: string;
  readonly status: string;
  /** How many annotations it has. */
  readonly annotations: number;
  readonly url: string;
}

/** Reads a release as GitHub describes it. E_GITHUB names the field that is missing. */
export function readRelease(value: unknown): RemoteRelease {
  return {
    id: number(value, 'id', 'release'),
    tag: text(value, 'tag_name', 'release'),
    title: optionalText(value, 'name'),
    body: optionalText(value, 'body'),
    commit: optionalText(value, 'target_commitish'),
    draft: boolean(value, 'draft', 'release'),
    prerelease: boolean(value, 'prerelease', 'release'),
    immutable: field(value, 'immutable') === true,
    url: text(value, 'html_url', 'release'),
    uploadUrl: text(value, 'upload_url', 'release'),
  };
}

export function readAsset(value: unknown): RemoteAsset {
  const digest = /^sha256:([0-9a-f]{64})$/.exec(optionalText(value, 'digest'))?.[1];
  return {
    id: number(value, 'id', 'asset'),
    name: text(value, 'name', 'asset'),
    size: number(value, 'size', 'asset'),
    state: text(value, 'state', 'asset'),
    sha256: digest,
  };
}

export function readCheckRun(value: unknown): RemoteCheckRun {
  return {
    id: number(value, 'id', 'check run'),
    externalId: optionalText(value, 'external_id'),
    status: text(value, 'status', 'check run'),
    annotations: number(field(value, 'output'), 'annotations_count', 'check run'),
    url: optionalText(value, 'html_url'),
  };
}
