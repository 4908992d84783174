# Public: everything that is not local goes to the internet gateway.
resource "aws_route_table" "public" {
  vpc_id = aws_vpc.capstone.id
  route {
    cidr_block = "0.0.0.0/0"
    gateway_id = aws_internet_gateway.gate.id
  }
}

# Private, app: the way out leads through the NAT gateway.
resource "aws_route_table" "app" {
  vpc_id = aws_vpc.capstone.id
  route {
    cidr_block     = "0.0.0.0/0"
    nat_gateway_id = aws_nat_gateway.out.id
  }
}

# Private, data: no route to the outside at all.
resource "aws_route_table" "data" {
  vpc_id = aws_vpc.capstone.id
}
