package bill

// Problem is what keeps a paper from being an e-invoice.
type Problem struct{ Key, Field string }

// Problems are all of them.
func (p Paper) Problems() []Problem { return nil }

// XML is the paper as an e-invoice.
func (p Paper) XML() ([]byte, error) { return []byte("<Invoice/>"), nil }
