package importers

// toggl is Toggl Track's detailed report. Its older header says User, End date
// and End time, the newer one Member, Stop date and Stop time, in another order
// and with a dash for nothing. The header is English in every language.
var toggl = timeTool{
	name:  "Toggl",
	empty: "-",
	columns: map[string]timeField{
		"user": fieldPerson, "member": fieldPerson, "email": fieldMail,
		"client": fieldClient, "project": fieldProject, "task": fieldTask, "description": fieldText,
		"billable": fieldBillable, "tags": fieldTags,
		"start date": fieldDate, "start time": fieldStart,
		"end date": fieldEndDate, "end time": fieldEnd, "stop date": fieldEndDate, "stop time": fieldEnd,
		"duration": fieldLength, "amount": fieldOther,
	},
}
