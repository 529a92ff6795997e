// Creates, reads, updates, searches and deletes a record with the official SDK; the URL is the only argument.
import sdk from "@gohighlevel/api-client";

const { HighLevel } = sdk;
HighLevel.BASE_URL = process.argv[2];
const client = new HighLevel({ privateIntegrationToken: "t", logLevel: "none" });
const schemaKey = "custom_objects.ticket";
const locationId = "loc1";
const objects = client.objects;

const properties = { ticket_name: "Printer", affected_platforms: ["web"] };
const made = await objects.createObjectRecord({ schemaKey }, { locationId, properties });
const id = made.record.id;
const change = { properties: { affected_platforms: { add: ["ios"] } } };
const changed = await objects.updateObjectRecord({ schemaKey, id, locationId }, change);
const read = await objects.getRecordById({ schemaKey, id });
const body = { locationId, page: 1, pageLimit: 10, query: "printer", searchAfter: [] };
const listed = await objects.searchObjectRecords({ schemaKey }, body);
const schema = await objects.getObjectSchemaByKey({ key: schemaKey, locationId, fetchProperties: "true" });
const all = await objects.getObjectByLocationId({ locationId });
let refused;
try {
  await objects.updateObjectRecord({ schemaKey, id, locationId }, { properties: { affected_platforms: ["web"] } });
} catch (error) {
  refused = error.statusCode;
}
const gone = await objects.deleteObjectRecord({ schemaKey, id });
const keys = all.objects.map((each) => each.key);
const fields = schema.fields.length;
console.log(JSON.stringify({ made, changed, read, listed, fields, keys, refused, gone }));
process.exit(0);
