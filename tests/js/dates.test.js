import assert from 'node:assert/strict';
import { test } from 'node:test';

import { ar } from '../../static/js/i18n/ar.js';
import { createDates } from '../../static/js/i18n/dates.js';
import { en } from '../../static/js/i18n/en.js';
import { dateOf, dayOf } from '../../static/js/model/time.js';

for (const { locale } of [en, ar]) {
  for (const month of ['short', 'long']) {
    const format = new Intl.DateTimeFormat(locale, { timeZone: 'UTC', day: 'numeric', month, year: 'numeric' });
    const dates = createDates(format);

    test(`${locale}, ${month} months: every day is written as Intl writes it`, () => {
      for (let day = dayOf('2010-12-20'); day < dayOf('2013-01-10'); day++) assert.equal(dates.day(day), format.format(dateOf(day)));
    });

    test(`${locale}, ${month} months: every period is written as Intl writes it`, () => {
      for (let from = dayOf('2019-10-27'); from < dayOf('2020-03-05'); from += 3) {
        for (const length of [0, 1, 9, 30, 45, 200, 366, 1095]) {
          assert.equal(dates.span(from, from + length), format.formatRange(dateOf(from), dateOf(from + length)));
        }
      }
    });
  }
}
