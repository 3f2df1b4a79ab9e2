/**
 * The content models of EPCIS 2.0 and 1.2 XML (EPCIS 2.0 §9, EPCIS 1.2 §9) in a notation of our own, one type a line:
 * `Name @attribute:type! @* ; element:Type? ( a:T | b:T )* ##other*`. A missing type is that of the same name; `=type` is
 * simple content; `q:` and `s:` name elements of the query and header namespaces. `@*` lets other attributes stand.
 */

const SHARED = `
HeaderExtension @* ; EPCISMasterData? extension:Local?
EPCISMasterData ; VocabularyList extension:LocalBare?
VocabularyList ; Vocabulary*
Vocabulary @type:anyURI! @* ; VocabularyElementList? extension:Local? ##other*
VocabularyElementList ; VocabularyElement+
VocabularyElement @id:anyURI! @* ; attribute:Attribute* children:IDs? extension:Local? ##other*
Attribute @id:anyURI! @* ; any
IDs @* ; id:anyURI*
Local @* ; ##local+
LocalBare ; ##local+
Other @* ; ##other+
EPCs ; epc:string*
Action = action
QuantityList ; quantityElement:QuantityElement*
Place ; id:anyURI extension:Local? ##other*
bizTransactionList ; bizTransaction:BizTransaction+
BizTransaction @type:anyURI = anyURI
sourceList ; source:SourceDest+
destinationList ; destination:SourceDest+
SourceDest @type:anyURI! = anyURI
ilmd @* ; extension:Local? ##other*
correctiveEventIDs ; correctiveEventID:anyURI*
MasterDataDocument @schemaVersion:decimal! @creationDate:dateTime! @* ; EPCISHeader:Header? EPCISBody:MasterDataBody extension:Local? ##other*
MasterDataBody @* ; VocabularyList? extension:Local? ##other*
QueryDocument @schemaVersion:decimal! @creationDate:dateTime! @* ; EPCISHeader:Header? EPCISBody:QueryBody extension:Local? ##other*
QueryBody ; ( q:GetQueryNames:Empty | q:GetQueryNamesResult:Strings | q:Subscribe | q:SubscribeResult:Empty | q:Unsubscribe | q:UnsubscribeResult:Empty | q:GetSubscriptionIDs | q:GetSubscriptionIDsResult:Strings | q:Poll | q:GetStandardVersion:Empty | q:GetStandardVersionResult:string | q:GetVendorVersion:Empty | q:GetVendorVersionResult:string | q:DuplicateNameException:Exception | q:InvalidURIException:Exception | q:NoSuchNameException:Exception | q:NoSuchSubscriptionException:Exception | q:DuplicateSubscriptionException:Exception | q:QueryParameterException:Exception | q:QueryTooLargeException:QueryTooLarge | q:QueryTooComplexException:Exception | q:SubscriptionControlsException:Exception | q:SubscribeNotPermittedException:Exception | q:SecurityException:Exception | q:ValidationException:Exception | q:ImplementationException | q:QueryResults )
Empty ;
Strings ; string:string*
Subscribe ; queryName:string params:Params dest:anyURI controls:Controls subscriptionID:string
Unsubscribe ; subscriptionID:string
GetSubscriptionIDs ; queryName:string
Poll ; queryName:string params:Params
Params ; param:Param*
Param ; name:string value:any
Controls ; schedule:Schedule? trigger:anyURI? initialRecordTime:stamp? reportIfEmpty:boolean extension:Local? ##other*
Schedule ; second:string? minute:string? hour:string? dayOfMonth:string? month:string? dayOfWeek:string? extension:Local? ##other*
QueryResults ; queryName:string subscriptionID:string? resultsBody:ResultsBody extension:Local? ##other*
ResultsBody ; ( EventList | VocabularyList )
Exception ; reason:string
QueryTooLarge ; reason:string queryName:string? subscriptionID:string?
ImplementationException ; reason:string severity:severity queryName:string? subscriptionID:string?
StandardBusinessDocumentHeader ; s:HeaderVersion:string s:Sender:Partner+ s:Receiver:Partner+ s:DocumentIdentification s:Manifest? s:BusinessScope?
Partner ; s:Identifier:PartnerIdentifier s:ContactInformation*
PartnerIdentifier @Authority:string = string
ContactInformation ; s:Contact:string s:EmailAddress:string? s:FaxNumber:string? s:TelephoneNumber:string? s:ContactTypeIdentifier:string?
DocumentIdentification ; s:Standard:string s:TypeVersion:string s:InstanceIdentifier:string s:Type:string s:MultipleType:boolean? s:CreationDateAndTime:dateTime
Manifest ; s:NumberOfItems:integer s:ManifestItem+
ManifestItem ; s:MimeTypeQualifierCode:string s:UniformResourceIdentifier:anyURI s:Description:string? s:LanguageCode:string?
BusinessScope ; s:Scope*
Scope ; s:Type:string s:InstanceIdentifier:string s:Identifier:string? ##any*
`;

const COMMON_20 = 'bizStep:anyURI? disposition:anyURI? readPoint:Place? bizLocation:Place?';
const HEAD_20 =
  'eventTime:stamp recordTime:stamp? eventTimeZoneOffset:string eventID:anyURI? errorDeclaration? certificationInfo:anyURI? baseExtension:Other?';
const TAIL_20 = 'sensorElementList? persistentDisposition?';
const PARTIES = 'sourceList? destinationList?';

/** EPCIS 2.0. */
export const GRAMMAR_20 = `${SHARED}
Header @* ; s:StandardBusinessDocumentHeader? extension:HeaderExtension?
Document @schemaVersion:decimal! @creationDate:dateTime! @* ; EPCISHeader:Header? EPCISBody:Body extension:Local? ##other*
Body @* ; EventList? extension:Local? ##other*
EventList @* ; ( ObjectEvent | AggregationEvent | TransformationEvent | TransactionEvent | AssociationEvent | extension:Other )*
persistentDisposition ; unset:anyURI* set:anyURI*
QuantityElement ; epcClass:anyURI ( quantity:decimal uom:string? )?
errorDeclaration @* ; ( declarationTime:stamp | reason:anyURI | correctiveEventIDs | extension:Local | ##other )*
sensorElementList ; sensorElement:SensorElement+ extension:Local?
SensorElement ; sensorMetadata? sensorReport+ extension:Local? ##other*
sensorMetadata @time:stamp @deviceID:anyURI @deviceMetadata:anyURI @rawData:anyURI @startTime:stamp @endTime:stamp @bizRules:anyURI @dataProcessingMethod:anyURI @* = string
sensorReport @type:anyURI @value:double @component:anyURI @stringValue:string @booleanValue:boolean @hexBinaryValue:hexBinary @uriValue:anyURI @uom:string @minValue:double @maxValue:double @sDev:double @chemicalSubstance:anyURI @microorganism:anyURI @deviceID:anyURI @deviceMetadata:anyURI @rawData:anyURI @time:stamp @meanValue:double @percRank:double @percValue:double @dataProcessingMethod:anyURI @coordinateReferenceSystem:anyURI @exception:anyURI @* = string
ObjectEvent @* ; ${HEAD_20} epcList:EPCs? action:Action ${COMMON_20} bizTransactionList? quantityList:QuantityList? ${PARTIES} ${TAIL_20} ilmd? extension:Other? ##other*
AggregationEvent @* ; ${HEAD_20} parentID:anyURI? childEPCs:EPCs? action:Action ${COMMON_20} bizTransactionList? childQuantityList:QuantityList? ${PARTIES} ${TAIL_20} extension:Other? ##other*
TransactionEvent @* ; ${HEAD_20} bizTransactionList parentID:anyURI? epcList:EPCs? action:Action ${COMMON_20} quantityList:QuantityList? ${PARTIES} ${TAIL_20} extension:Other? ##other*
TransformationEvent @* ; ${HEAD_20} inputEPCList:EPCs? inputQuantityList:QuantityList? outputEPCList:EPCs? outputQuantityList:QuantityList? transformationID:anyURI? ${COMMON_20} bizTransactionList? ${PARTIES} ${TAIL_20} ilmd? extension:Other? ##other*
AssociationEvent @* ; ${HEAD_20} parentID:anyURI childEPCs:EPCs? childQuantityList:QuantityList? action:Action ${COMMON_20} bizTransactionList? ${PARTIES} ${TAIL_20} extension:Other? ##other*
CaptureJob @running:boolean! @success:boolean! @captureID:string! @* ; captureErrorBehaviour:behaviour createdAt:stamp? finishedAt:stamp? ( errors:Errors | errorFile:anyURI )? ##other*
Errors ; error:ProblemDetails+
ProblemDetails ; type:anyURI title:string status:integer? detail:string? instance:anyURI? ##other*
`;

const HEAD_12 = 'eventTime:dateTime recordTime:dateTime? eventTimeZoneOffset:string baseExtension:BaseExtension?';

/** EPCIS 1.2 (and 1.0, 1.1, which it contains). */
export const GRAMMAR_12 = `${SHARED}
Header @* ; s:StandardBusinessDocumentHeader extension:HeaderExtension? ##other*
Document @schemaVersion:decimal! @creationDate:dateTime! @* ; EPCISHeader:Header? EPCISBody:Body extension:Local? ##other*
Body @* ; EventList? extension:Local? ##other*
EventList @* ; ( ObjectEvent | AggregationEvent | QuantityEvent | TransactionEvent | extension:EventListExtension )*
EventListExtension ; ( TransformationEvent | extension:Local )
BaseExtension @* ; eventID:anyURI? errorDeclaration? extension:Local?
errorDeclaration @* ; declarationTime:dateTime reason:anyURI? correctiveEventIDs? extension:Local? ##other*
QuantityElement ; epcClass:anyURI quantity:decimal uom:string?
ObjectEvent @* ; ${HEAD_12} epcList:EPCs action:Action ${COMMON_20} bizTransactionList? extension:ObjectExtension? ##other*
ObjectExtension @* ; quantityList:QuantityList? ${PARTIES} ilmd? extension:Local?
AggregationEvent @* ; ${HEAD_12} parentID:anyURI? childEPCs:EPCs action:Action ${COMMON_20} bizTransactionList? extension:AggregationExtension? ##other*
AggregationExtension @* ; childQuantityList:QuantityList? ${PARTIES} extension:Local?
QuantityEvent @* ; ${HEAD_12} epcClass:anyURI quantity:integer ${COMMON_20} bizTransactionList? extension:Local? ##other*
TransactionEvent @* ; ${HEAD_12} bizTransactionList parentID:anyURI? epcList:EPCs action:Action ${COMMON_20} extension:TransactionExtension? ##other*
TransactionExtension @* ; quantityList:QuantityList? ${PARTIES} extension:Local?
TransformationEvent @* ; ${HEAD_12} inputEPCList:EPCs? inputQuantityList:QuantityList? outputEPCList:EPCs? outputQuantityList:QuantityList? transformationID:anyURI? ${COMMON_20} bizTransactionList? ${PARTIES} ilmd? extension:Local? ##other*
`;
