package importers

// harvest is Harvest's detailed time report: a day and a length without times of
// day. Numbers and dates are written as the account has it. Hours are what was
// worked; Hours Rounded is for bills. Cost Rate is confidential and, like all
// money, is not read.
var harvest = timeTool{
	name: "Harvest",
	columns: map[string]timeField{
		"date": fieldDate, "client": fieldClient, "project": fieldProject, "project code": fieldOther,
		"task": fieldTask, "notes": fieldText, "hours": fieldLength, "hours rounded": fieldOther, "rounded hours": fieldOther,
		"started at": fieldStart, "ended at": fieldEnd,
		"billable?": fieldBillable, "invoiced?": fieldInvoiced, "approved?": fieldOther,
		"billable": fieldBillable, "invoiced": fieldInvoiced,
		"first name": fieldFirstName, "last name": fieldLastName, "email": fieldMail,
		"employee id": fieldOther, "roles": fieldOther, "teams": fieldOther, "department": fieldOther, "employee?": fieldOther,
		"billable rate": fieldOther, "billable amount": fieldOther, "cost rate": fieldOther, "cost amount": fieldOther,
		"hourly rate": fieldOther, "currency": fieldOther, "external reference url": fieldOther,
	},
}
