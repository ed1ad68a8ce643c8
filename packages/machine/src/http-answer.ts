/** What a certificate is checked against; without any certificates none is trusted. */
export interface HttpTrust {
  /** In PEM. Default none. */
  readonly certificates?: string;
  /** Name that the certificate must be for. Default: the host of the URL. */
  readonly name?: string;
}

/** What the other side said. Raw: it is a stranger's. */
export interface HttpAnswer {
  readonly status: number;
  /** By names in small letters; several of one name are parted by commas. */
  readonly headers: ReadonlyMap<string, string>;
  readonly body: string;
  /** With https only. */
  readonly certificate?: Certificate;
}

export interface Certificate {
  /** Why it is not right, in the words of OpenSSL and Node: `CERT_HAS_EXPIRED`. */
  readonly problem?: string;
  /** Common names. */
  readonly subject: string;
  readonly issuer: string;
  /** `DNS:localhost, IP Address:127.0.0.1` */
  readonly names: string;
  /** `Nov 21 19:00:00 2026 GMT` */
  readonly from: string;
  readonly to: string;
}
