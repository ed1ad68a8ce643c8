import type { SmokeConfig } from './smoke-config.ts';

/** The section `smoke` as the schema let it through. */
export interface RawSmoke {
  readonly targets?: readonly string[];
  readonly unreachable?: SmokeConfig['unreachable'];
  readonly services?: readonly RawService[];
  readonly checks?: readonly RawCheck[];
  readonly commands?: readonly string[];
  readonly files?: readonly { readonly path: string; readonly mode?: string; readonly owner?: string; readonly group?: string }[];
  readonly ports?: readonly string[];
  readonly allow?: { readonly changes?: readonly string[]; readonly leftovers?: readonly string[]; readonly modes?: readonly string[] };
  readonly recommends?: boolean;
  readonly beside?: readonly (string | readonly string[])[];
  readonly preseed?: string;
  readonly previous?: string;
  readonly figures?: RawFigures;
  readonly autopkgtest?: boolean;
  readonly piuparts?: boolean;
}

export interface RawService {
  readonly unit: string;
  readonly state?: 'active' | 'inactive';
  readonly healthy?: RawCheck | readonly RawCheck[];
}

/** All keys of all kinds of checks: which go together is looked at afterwards. */
export interface RawCheck {
  readonly http?: string;
  readonly status?: number | readonly number[];
  readonly body?: string;
  readonly headers?: Readonly<Record<string, string>>;
  readonly tls?: 'any' | { readonly ca?: string; readonly name?: string };
  readonly tcp?: string;
  readonly unix?: string;
  readonly command?: string;
  readonly exit?: number;
  readonly output?: string;
  readonly user?: string;
  readonly log?: string;
  readonly unit?: string;
  readonly state?: string;
  readonly file?: string;
  readonly within?: string;
  readonly every?: string;
}

/** Percentages. */
export interface RawFigures {
  readonly install?: string;
  readonly active?: string;
  readonly healthy?: string;
  readonly memory?: string;
  readonly processor?: string;
  readonly disk?: string;
  readonly exceeded?: SmokeConfig['figures']['exceeded'];
}
