import type { FailLevel, LintTool, Strategy } from './config.ts';
import type { RawChangelog } from './raw-changelog.ts';
import type { RawSmoke } from './raw-smoke.ts';

/** What the schema let through, before defaults. */
export interface RawConfig {
  readonly packages?: readonly RawPackage[];
  readonly shared?: readonly string[];
  readonly architectures?: readonly string[];
  readonly distributions?: readonly string[];
  readonly build?: { readonly strategy?: Strategy; readonly strategies?: Readonly<Record<string, Strategy>> };
  readonly runners?: Readonly<Record<string, RawRunner>>;
  readonly matrix?: RawMatrix;
  readonly lint?: {
    readonly 'fail-on'?: FailLevel;
    readonly 'fail-on-new'?: FailLevel;
    readonly lintian?: string;
    readonly baseline?: string;
    readonly also?: readonly LintTool[];
  };
  readonly smoke?: RawSmoke;
  readonly changelog?: RawChangelog;
  readonly release?: { readonly draft?: boolean; readonly channels?: Readonly<Record<string, string>> };
}

export type RawRunner = string | readonly string[];

export interface RawPackage {
  readonly path: string;
  readonly name?: string;
  readonly paths?: readonly string[];
  readonly distributions?: readonly string[];
  readonly architectures?: readonly string[];
  readonly strategy?: Strategy;
  readonly strategies?: Readonly<Record<string, Strategy>>;
}

export interface RawChoice {
  readonly package?: string;
  readonly distribution?: string;
  readonly architecture?: string;
}

export interface RawMatrix {
  readonly exclude?: readonly RawChoice[];
  readonly include?: readonly (RawChoice & { readonly strategy?: Strategy; readonly runner?: RawRunner })[];
  readonly 'fail-fast'?: boolean;
  readonly 'max-parallel'?: number;
}
