import { instantOf } from '../hash/canonical-values.ts';
import type { EpcisEvent, QuantityElement, SensorElement } from '../model.ts';
import { extendNamespaces, type Namespaces } from '../namespaces.ts';
import { brief, type EpcisProblem } from '../problems.ts';

/** What the standard asks of an event beyond its schema. */
export interface MeaningReport {
  readonly problems: EpcisProblem[];
  /** What may be meant so but seldom is. */
  readonly warnings: EpcisProblem[];
}

const SHARED_SENSOR_FIELDS = ['dataProcessingMethod', 'deviceID', 'deviceMetadata', 'rawData', 'time'] as const;

const filled = (list: readonly unknown[] | undefined): boolean => list !== undefined && list.length > 0;

/**
 * Checks an event that its schema accepts.
 * @param path JSON pointer or XPath of the event, put before the place of each problem
 */
export function checkMeaning(event: EpcisEvent, namespaces: Namespaces, path: string, report: MeaningReport): void {
  const problem = (code: string, place: string, zh: string, en: string): void => {
    report.problems.push({ code, path: path + place, zh, en });
  };
  const warning = (code: string, place: string, zh: string, en: string, found?: string): void => {
    report.warnings.push({ code, path: path + place, zh, en, ...(found === undefined ? {} : { found }) });
  };
  switch (event.type) {
    case 'AssociationEvent':
    case 'AggregationEvent': {
      // EPCIS 2.0 §7.4.3 and §7.4.6, TCR-54 steps 3 and 4.
      if (event.action !== 'OBSERVE' && event.parentID === undefined) {
        problem(
          'parent-missing',
          '',
          `${event.action}时必须有“parentID”。`,
          `With ${event.action} “parentID” must be present.`,
        );
      }
      if (event.action !== 'DELETE' && !filled(event.childEPCs) && !filled(event.childQuantityList)) {
        const en = `With ${event.action} “childEPCs” or “childQuantityList” must hold something.`;
        problem('children-missing', '', `${event.action}时“childEPCs”与“childQuantityList”不得都为空。`, en);
      }
      checkQuantities(event.childQuantityList, 'childQuantityList', warning);
      break;
    }
    case 'TransformationEvent': {
      // EPCIS 2.0 §7.4.5: without transformationID one event must tell the whole.
      const inputs = filled(event.inputEPCList) || filled(event.inputQuantityList);
      const outputs = filled(event.outputEPCList) || filled(event.outputQuantityList);
      if (event.transformationID === undefined && !inputs) {
        problem(
          'inputs-missing',
          '',
          '没有“transformationID”时必须有投入。',
          'Without “transformationID” there must be an input.',
        );
      }
      if (event.transformationID === undefined && !outputs) {
        problem(
          'outputs-missing',
          '',
          '没有“transformationID”时必须有产出。',
          'Without “transformationID” there must be an output.',
        );
      }
      checkQuantities(event.inputQuantityList, 'inputQuantityList', warning);
      checkQuantities(event.outputQuantityList, 'outputQuantityList', warning);
      break;
    }
    default: {
      if (event.type === 'ObjectEvent' && event.ilmd !== undefined && event.action !== 'ADD') {
        // EPCIS 2.0 §7.4.2: birth data belongs to the birth.
        problem(
          'ilmd-without-birth',
          '/ilmd',
          '只有ADD事件才能带有“ilmd”。',
          'Only an event that ADDs objects may carry “ilmd”.',
        );
      }
      const objects = filled(event.epcList) || filled(event.quantityList);
      if (
        !objects &&
        !(event.type === 'TransactionEvent' && event.parentID !== undefined) &&
        !filled(event.sensorElementList)
      ) {
        if (!(event.type === 'TransactionEvent' && event.action === 'DELETE')) {
          problem(
            'objects-missing',
            '',
            '事件没有任何物品或传感数据。',
            'The event is about no object and no sensor data.',
          );
        }
      }
      checkQuantities(event.quantityList, 'quantityList', warning);
    }
  }
  checkTimes(event, problem, warning);
  if (event.sensorElementList !== undefined) checkSensors(event.sensorElementList, event.eventTime, problem, warning);
  if (event.recordTime !== undefined) {
    warning(
      'record-time-given',
      '/recordTime',
      '“recordTime”由存储方设定，提交的值不予采用。',
      '“recordTime” is set by the repository; what is given is not used.',
    );
  }
  checkPrefixes(event, namespaces, path, report.warnings);
}

type Note = (code: string, place: string, zh: string, en: string, found?: string) => void;

function checkQuantities(list: readonly QuantityElement[] | undefined, name: string, warning: Note): void {
  if (list === undefined) return;
  for (let index = 0; index < list.length; index++) {
    const { quantity, uom } = list[index]!;
    if (quantity === undefined || uom !== undefined || Number.isInteger(quantity)) continue;
    const place = `/${name}/${index}/quantity`;
    const en = `A quantity without unit counts pieces and should be whole, not ${quantity}.`;
    warning('count-not-whole', place, `没有计量单位的数量是件数，应为整数，现为${quantity}。`, en, String(quantity));
  }
}

function checkTimes(event: EpcisEvent, problem: Note, warning: Note): void {
  const { eventTime, eventTimeZoneOffset, errorDeclaration } = event;
  const zone = eventTime.slice(-6);
  if (zone.charCodeAt(0) !== 90 && !eventTime.endsWith('Z') && zone !== eventTimeZoneOffset) {
    const zh = `“eventTime”的时区${zone}与“eventTimeZoneOffset”${eventTimeZoneOffset}不同。`;
    warning(
      'zone-differs',
      '/eventTimeZoneOffset',
      zh,
      `“eventTime” is written with ${zone}, “eventTimeZoneOffset” says ${eventTimeZoneOffset}.`,
    );
  }
  if (errorDeclaration === undefined) return;
  const [declared, happened] = [instantOf(errorDeclaration.declarationTime), instantOf(eventTime)];
  if (declared !== undefined && happened !== undefined && declared < happened) {
    const en = 'The error is declared before the event happened.';
    problem('declared-before-event', '/errorDeclaration/declarationTime', '更正声明早于事件发生。', en);
  }
}

function checkSensors(elements: readonly SensorElement[], eventTime: string, problem: Note, warning: Note): void {
  for (let at = 0; at < elements.length; at++) {
    const { sensorMetadata: metadata, sensorReport: reports } = elements[at]!;
    const place = `/sensorElementList/${at}`;
    for (let index = 0; index < reports.length; index++) {
      const report = reports[index]!;
      if (metadata !== undefined) {
        for (const field of SHARED_SENSOR_FIELDS) {
          if (metadata[field] === undefined || report[field] === undefined) continue;
          // TCR-53 step 29.
          const zh = `“${field}”不能同时写在“sensorMetadata”和“sensorReport”中。`;
          problem(
            'sensor-field-twice',
            `${place}/sensorReport/${index}/${field}`,
            zh,
            `“${field}” may not stand in both “sensorMetadata” and “sensorReport”.`,
          );
        }
      }
      if (report.time !== undefined)
        checkSensorTime(report.time, eventTime, `${place}/sensorReport/${index}/time`, warning);
    }
    if (metadata === undefined) continue;
    if (metadata.time !== undefined) checkSensorTime(metadata.time, eventTime, `${place}/sensorMetadata/time`, warning);
    const { startTime, endTime } = metadata;
    if (startTime === undefined || endTime === undefined) continue;
    const [start, end] = [instantOf(startTime), instantOf(endTime)];
    if (start !== undefined && end !== undefined && start > end) {
      problem(
        'sensor-times-turned',
        `${place}/sensorMetadata`,
        '传感数据的起始时间晚于终止时间。',
        'The sensor data ends before it starts.',
      );
    }
  }
}

function checkSensorTime(time: string, eventTime: string, place: string, warning: Note): void {
  const [measured, happened] = [instantOf(time), instantOf(eventTime)];
  if (measured !== undefined && happened !== undefined && measured > happened) {
    warning(
      'sensor-after-event',
      place,
      '传感时间晚于事件时间。',
      'The sensor time is later than the event.',
      brief(time),
    );
  }
}

const URI_SCHEMES = /^(?:https?|urn|ni|did|tag|mailto|ftp|hdl|doi):/;

/**
 * Names of extensions should have a prefix that a `@context` declares. The schema takes any text with a colon for a URI,
 * and so do examples of GS1 (`cbvmda:`); in XML such a name cannot exist, and its hash is another.
 */
function checkPrefixes(event: EpcisEvent, outer: Namespaces, path: string, warnings: EpcisProblem[]): void {
  const namespaces = event['@context'] === undefined ? outer : extendNamespaces(outer, event['@context']);
  const visit = (holder: object, at: string): void => {
    for (const name in holder) {
      const colon = name.indexOf(':');
      if (colon < 0 || namespaces.has(name.slice(0, colon)) || URI_SCHEMES.test(name)) continue;
      const prefix = name.slice(0, colon);
      const zh = `扩展字段“${name}”的前缀“${prefix}”未在@context中声明。`;
      const en = `The prefix “${prefix}” of “${name}” is not declared in @context.`;
      warnings.push({ code: 'prefix-undeclared', path: `${path}${at}/${name}`, zh, en, found: prefix });
    }
  };
  visit(event, '');
  if ('ilmd' in event && event.ilmd !== undefined) visit(event.ilmd, '/ilmd');
  if (event.errorDeclaration !== undefined) visit(event.errorDeclaration, '/errorDeclaration');
  if (event.readPoint !== undefined) visit(event.readPoint, '/readPoint');
  if (event.bizLocation !== undefined) visit(event.bizLocation, '/bizLocation');
  event.sensorElementList?.forEach((element, index) => {
    visit(element, `/sensorElementList/${index}`);
    if (element.sensorMetadata !== undefined)
      visit(element.sensorMetadata, `/sensorElementList/${index}/sensorMetadata`);
    element.sensorReport.forEach((report, at) => {
      visit(report, `/sensorElementList/${index}/sensorReport/${at}`);
    });
  });
}
