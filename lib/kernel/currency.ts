/**
 * The one table of currencies and their minor units: ISO 4217:2015 as amended up to number 180 (list one in force since
 * 1 January 2026: ANG, BGN and CUC gone, XCG and ZWG in). Left out is what nobody pays with: metals, bond and test
 * codes, XDR, XSU, XUA, and fund codes, except the two units of account that have four digits, CLF and UYW.
 */
import { Fault } from "#kernel/refusal";

declare const brand: unique symbol;

/** An assigned ISO 4217 code, upper case, made by `currencyOf`; or, on the ledger alone, a merchant's points. */
export type Currency = string & { readonly [brand]: "Currency" };

const codes = [
  [0, "BIF CLP DJF GNF ISK JPY KMF KRW PYG RWF UGX VND VUV XAF XOF XPF"],
  [
    2,
    `AED AFN ALL AMD AOA ARS AUD AWG AZN BAM BBD BDT BMD BND BOB BRL BSD BTN BWP BYN BZD CAD CDF CHF CNY COP CRC CUP
     CVE CZK DKK DOP DZD EGP ERN ETB EUR FJD FKP GBP GEL GHS GIP GMD GTQ GYD HKD HNL HTG HUF IDR ILS INR IRR JMD KES
     KGS KHR KPW KYD KZT LAK LBP LKR LRD LSL MAD MDL MGA MKD MMK MNT MOP MRU MUR MVR MWK MXN MYR MZN NAD NGN NIO NOK
     NPR NZD PAB PEN PGK PHP PKR PLN QAR RON RSD RUB SAR SBD SCR SDG SEK SGD SHP SLE SOS SRD SSP STN SVC SYP SZL THB
     TJS TMT TOP TRY TTD TWD TZS UAH USD UYU UZS VED VES WST XCD XCG YER ZAR ZMW ZWG`,
  ],
  [3, "BHD IQD JOD KWD LYD OMR TND"],
  [4, "CLF UYW"],
] as const;

const exponents: ReadonlyMap<string, number> = new Map(
  codes.flatMap(([exponent, listed]) => listed.split(/\s+/).map((code) => [code, exponent] as const)),
);

const isCurrency = (code: string): code is Currency => exponents.has(code);

/** The currency of a code in upper case; `undefined` for any other spelling and for unassigned or withdrawn codes. */
export const currencyOf = (code: string): Currency | undefined => (isCurrency(code) ? code : undefined);

const POINTS = "points:";

/** The currency that a merchant's points are (swip.md 8.3): only the ledger knows it, no request can name it. `merchant` is a tenant's id. */
export const pointsOf = (merchant: string): Currency => `${POINTS}${merchant}` as Currency;

/** Whether a currency is some merchant's points. */
export const isPoints = (currency: Currency): boolean => currency.startsWith(POINTS);

/** The currency of a code that the ledger has stored: one of ISO 4217, or a merchant's points. */
export const storedCurrencyOf = (code: string): Currency | undefined =>
  code.startsWith(POINTS) ? (code as Currency) : currencyOf(code);

/** How many decimal digits the minor unit has, 0-4; points are whole. */
export const exponentOf = (currency: Currency): number => {
  if (isPoints(currency)) return 0;
  const exponent = exponents.get(currency);
  if (exponent === undefined) throw new Fault("a currency that the table does not have");
  return exponent;
};
