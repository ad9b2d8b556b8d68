import { describe, expect, it } from 'daino:test';
import { Batch, MAX_AGE, MAX_COUNTS, MAX_EVENTS } from '../../src/batch.ts';
import { isDay, isPersonal, readEvent } from '../../src/event.ts';

const now = Date.parse('2026-03-10T12:00:00Z');

describe('readEvent', () => {
  it('keeps what is counted and drops the rest', () => {
    const input = { event: 'page.view', subject: '/a', ip: '10.0.0.1', email: 'a@b.example' };
    expect(readEvent(input, now)).toEqual({
      day: '2026-03-10',
      event: 'page.view',
      subject: '/a',
      currency: '',
      value: 0,
    });
  });

  it('refuses what is not an event', () => {
    const bad: any[] = [
      undefined,
      {},
      { event: 'Page View' },
      { event: 'a', value: -1 },
      { event: 'a', value: 0.5 },
      { event: 'a', currency: 'eur' },
      { event: 'a', subject: 7 },
      { event: 'a', at: 'never' },
      { event: 'a', at: '2020-01-01' },
    ];
    for (const input of bad) expect(typeof readEvent(input, now)).toBe('string');
  });

  it('refuses subjects that identify a person', () => {
    for (const subject of ['jane@shop.example', '192.168.0.1', 'ip 10.0.0.1', '2001:db8::1']) {
      expect(isPersonal(subject)).toBe(true);
      expect(typeof readEvent({ event: 'a', subject }, now)).toBe('string');
    }
    for (const subject of ['/products/blue-shirt', 'e1f0c2', '']) expect(isPersonal(subject)).toBe(false);
  });

  it('knows days', () => {
    expect(isDay('2024-02-29')).toBe(true);
    for (const day of ['2026-02-29', '2026-13-01', '2026-1-1', '', undefined]) expect(isDay(day)).toBe(false);
  });
});

describe('Batch', () => {
  const event = { day: '2026-03-10', event: 'a', subject: '', currency: '', value: 2 };

  it('adds up equal events', () => {
    const batch = new Batch();
    batch.add(event);
    batch.add(event);
    expect(batch.take(now)).toEqual([{ ...event, count: 2, value: 4 }]);
    expect(batch.take(now)).toEqual([]);
  });

  it('is due at once after a pause, then by age or by number', () => {
    const batch = new Batch();
    expect(batch.isDue(now)).toBe(false);
    batch.add(event);
    expect(batch.isDue(now)).toBe(true);
    batch.take(now);
    batch.add(event);
    expect(batch.isDue(now + MAX_AGE - 1)).toBe(false);
    expect(batch.isDue(now + MAX_AGE)).toBe(true);
    for (let i = 1; i < MAX_EVENTS; i += 1) batch.add(event);
    expect(batch.isDue(now)).toBe(true);
  });

  it('is bounded', () => {
    const batch = new Batch();
    for (let i = 0; i < MAX_COUNTS; i += 1) batch.add({ ...event, subject: String(i) });
    expect(batch.add({ ...event, subject: 'one more' })).toBe(false);
    expect(batch.add({ ...event, subject: '1' })).toBe(true);
  });
});
