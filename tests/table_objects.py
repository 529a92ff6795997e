"""Objects whose records people keep in tables: homes for sale, a clinic's patients, an importer's incidents."""

from __future__ import annotations

from recordlint import Field, ObjectDefinition, Option

FEATURES = (
    Option("pool", "Pool"),
    Option("garage_2", "Garage, double"),
    Option("solar", "Solar panels ☀️"),
    Option("view", "Ocean view"),
)
YES_NO = (Option("yes", "Yes"), Option("no", "No"))
LISTING = ObjectDefinition(
    "custom_objects.listing",
    "Listing",
    (
        title := Field("title", "Title", "TEXT"),
        Field("asking_price", "Asking price", "MONETORY"),
        Field("living_area", "Living area (m²)", "NUMERICAL"),
        Field("features", "Features", "MULTIPLE_OPTIONS", options=FEATURES),
        Field(
            "status", "Status", "SINGLE_OPTIONS", options=(Option("active", "Active"), Option("sold", "Sold (closed)"))
        ),
        Field("listed_on", "Listed on", "DATE"),
        Field("photos", "Photos", "FILE_UPLOAD", max_files=5, accepted_formats=("jpg", "png")),
        Field("agent_phone", "Agent's phone", "PHONE"),
        Field("agent_email", "Agent's e-mail", "EMAIL"),
        Field("rooms", "Rooms", "TEXTBOX_LIST", options=(Option("bed", "Bedrooms"), Option("bath", "Bathrooms"))),
    ),
    required=(title,),
)
PATIENT = ObjectDefinition(
    "custom_objects.patient_intake",
    "Patient intake",
    (
        Field("insurance_number", "Insurance number", "TEXT"),
        Field("born_on", "Date of birth", "DATE"),
        Field("blood_type", "Blood type", "RADIO", options=(Option("a_pos", "A+"), Option("a_neg", "A-"))),
        Field("smoker", "Smoker", "RADIO", options=YES_NO),
        Field("heard_from", "Heard from", "RADIO", options=(Option("friend", "A friend"),), allow_custom_option=True),
        Field("allergies", "Allergies", "CHECKBOX", options=(Option("nuts", "Nuts"), Option("latex", "Latex"))),
        Field("weight", "Weight", "NUMERICAL"),
        Field("notes", "Notes", "LARGE_TEXT"),
    ),
)
INCIDENT = ObjectDefinition(
    "custom_objects.incident",
    "Incident",
    (
        Field("container", "Container", "TEXT"),
        Field("grade", "Grade", "SINGLE_OPTIONS", options=(Option("1", "One"), Option("2", "Two"))),
        Field("damage", "Damage", "MONETORY"),
        Field("happened_on", "Happened on", "DATE"),
        Field("contact", "Contact", "PHONE"),
        Field("papers", "Papers", "FILE_UPLOAD"),
    ),
)
OBJECTS = {each.short_key: each for each in (LISTING, PATIENT, INCIDENT)}
SIDES = (Option("left", "Left"), Option("right", "Right"))
TWINS = ObjectDefinition(
    "custom_objects.twins",
    "Twins",
    (
        Field("colour", "Colour", "TEXT"),
        Field("second_colour", "Colour", "TEXT"),
        Field("eyes", "Eyes", "TEXTBOX_LIST", options=SIDES),
        Field("ears", "Ears", "TEXTBOX_LIST", options=SIDES),
        Field("owners", "Owners", "TEXT"),
    ),
)
BUSINESS = ObjectDefinition("business", "Company", (Field("name", "Name", "TEXT"),))
OF_HEADERS = {**OBJECTS, "twins": TWINS, "business": BUSINESS}
