package handlers

import "net/netip"

// network is what the limits on mails count by: an IPv4 address with its 255
// neighbours, or an IPv6 customer's /64.
func network(peer string) string {
	address, err := netip.ParseAddr(peer)
	if err != nil {
		return ""
	}
	address = address.Unmap().WithZone("")
	bits := 64
	if address.Is4() {
		bits = 24
	}
	around, err := address.Prefix(bits)
	if err != nil {
		return ""
	}
	return around.String()
}
